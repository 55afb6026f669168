package org.palimpsest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.project.Project;
import org.palimpsest.ui.support.Texts;

/// What can be held true of the installers without making one.
final class InstallersTest {
    private static final Path INSTALLERS = Path.of("installers");
    private static final String MIME_TYPE = "application/vnd.palimpsest.project";

    private static List<String> printed = List.of();

    @BeforeAll
    static void printWhatJpackageIsTold() throws Exception {
        printed = installers("arguments");
    }

    /// What jpackage is told for one system, both steps after one another.
    private static List<String> arguments(String system) {
        int begin = printed.indexOf("== " + system) + 1;
        int end = begin;
        while (end < printed.size() && !printed.get(end).startsWith("== ")) {
            end++;
        }
        return printed.subList(begin, end);
    }

    @Test
    void theVersionIsTheOneOfTheBuild() throws Exception {
        var pom = Files.readString(Path.of("pom.xml"));
        var version = Pattern.compile("<version>([^<]+)</version>").matcher(pom);
        assertThat(version.find()).isTrue();
        assertThat(arguments("WINDOWS")).containsSequence("--app-version", version.group(1));
        for (var file : scripts()) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain(version.group(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LINUX", "LINUX_ARM", "MACOS", "WINDOWS"})
    void everySystemStartsWithTheOptionsOfTheLauncher(String system) throws Exception {
        var arguments = arguments(system);
        var options = new ArrayList<String>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("--java-options")) {
                options.add(arguments.get(i + 1));
            }
        }
        var shared =
                Files.readAllLines(Path.of("src/main/launcher/java.options")).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList();
        assertThat(options).startsWith(shared.toArray(String[]::new));
        var library =
                switch (system) {
                    case "WINDOWS" -> "tokenizers.dll";
                    case "MACOS" -> "libtokenizers.dylib";
                    default -> "libtokenizers.so";
                };
        assertThat(options.subList(shared.size(), options.size()))
                .containsExactly(
                        "-Dpalimpsest.home=$APPDIR",
                        "-Donnxruntime.native.path=$APPDIR/natives",
                        "-DRUST_LIBRARY_PATH=$APPDIR/natives/" + library,
                        "-Dorg.sqlite.lib.path=$APPDIR/natives",
                        "-Dorg.xerial.snappy.lib.path=$APPDIR/natives",
                        "-XX:AOTCache=$APPDIR/window.aot",
                        "-Xlog:disable",
                        "-Xlog:all=off");
    }

    @Test
    void onWindowsAndMacosProjectFilesBelongToTheProgram() throws Exception {
        var association = INSTALLERS.resolve("project-file.properties").toAbsolutePath().toString();
        assertThat(arguments("WINDOWS"))
                .containsSequence("--type", "msi", "--file-associations", association);
        assertThat(arguments("MACOS"))
                .containsSequence("--file-associations", association)
                .containsSequence("--type", "dmg");
        var properties = new Properties();
        try (var in = Files.newInputStream(Path.of(association))) {
            properties.load(in);
        }
        assertThat("." + properties.getProperty("extension")).isEqualTo(Project.EXTENSION);
        assertThat(properties.getProperty("mime-type")).isEqualTo(MIME_TYPE);
    }

    @Test
    void onLinuxProjectFilesBelongToTheProgram() throws Exception {
        var document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(INSTALLERS.resolve("linux/palimpsest.xml").toFile());
        var type = document.getElementsByTagName("mime-type").item(0);
        assertThat(type.getAttributes().getNamedItem("type").getNodeValue()).isEqualTo(MIME_TYPE);
        var glob = document.getElementsByTagName("glob").item(0);
        assertThat(glob.getAttributes().getNamedItem("pattern").getNodeValue())
                .isEqualTo("*" + Project.EXTENSION);
        assertThat(desktopEntry()).contains("MimeType=" + MIME_TYPE + ";");
    }

    @Test
    void theDesktopEntrySpeaksAllLanguages() throws Exception {
        var entry = desktopEntry();
        assertThat(entry)
                .startsWith("[Desktop Entry]")
                .contains(
                        "Type=Application",
                        "Name=Palimpsest",
                        "Icon=palimpsest",
                        "Exec=/opt/palimpsest/bin/palimpsest window %F",
                        "StartupWMClass=org.palimpsest.app.DesktopApp");
        assertThat(keysOf(entry)).doesNotHaveDuplicates();
        for (var language : Texts.LANGUAGES) {
            var suffix =
                    language.getLanguage().equals("en") ? "" : "[" + language.getLanguage() + "]";
            assertThat(keysOf(entry)).contains("Comment" + suffix, "GenericName" + suffix);
        }
    }

    @Test
    void whatTheDesktopReadsIsWellFormed() throws Exception {
        for (var file : List.of("palimpsest.xml", "org.palimpsest.Palimpsest.metainfo.xml")) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(INSTALLERS.resolve("linux").resolve(file).toFile());
        }
    }

    @Test
    void theIconsAreThere() {
        for (int size : List.of(16, 24, 32, 48, 64, 128, 256)) {
            assertThat(INSTALLERS.resolve("icons/palimpsest-" + size + ".png")).exists();
            assertThat(INSTALLERS.resolve("icons/project-file-" + size + ".png")).exists();
        }
        assertThat(INSTALLERS.resolve("icons/palimpsest.ico")).exists();
        assertThat(INSTALLERS.resolve("icons/palimpsest.icns")).exists();
    }

    private static List<String> desktopEntry() throws IOException {
        return Files.readAllLines(INSTALLERS.resolve("linux/palimpsest.desktop"));
    }

    private static List<String> keysOf(List<String> entry) {
        return entry.stream()
                .filter(line -> line.contains("="))
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(INSTALLERS)) {
            return files.filter(
                            file -> file.toString().matches(".*\\.(sh|ps1|java|spec|desktop|xml)"))
                    .toList();
        }
    }

    private static List<String> installers(String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "installers/build/Installers.java"));
        command.addAll(Arrays.asList(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }
}
