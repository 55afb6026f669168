package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The texts of the window and the sources that name them, held against each other.
final class TextsTest {
    private static final Path JAVA = Path.of("src", "main", "java", "org", "palimpsest");
    private static final Path FXML = Path.of("src", "main", "resources", "org", "palimpsest", "ui");
    private static final Pattern LITERAL =
            Pattern.compile("\"([a-z][A-Za-z]*\\.[A-Za-z0-9_.]*)\"(\\s*\\+)?");
    private static final Pattern ENDING = Pattern.compile("\\+ \"(\\.[A-Za-z0-9_.]+)\"");
    private static final Pattern NAMED = Pattern.compile("\"%([A-Za-z0-9_.]+)\"");
    private static final Pattern ASKED =
            Pattern.compile("Texts\\.get\\(\\s*\"([A-Za-z0-9_.]+)\"\\s*[,)]");

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)[,}]");
    private static final String ENGLISH = "texts.properties";

    private static List<String> sources(Path root, String ending) throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(root)) {
            for (var file : files.filter(path -> path.toString().endsWith(ending)).toList()) {
                found.add(Files.readString(file));
            }
        }
        return found;
    }

    private static Set<String> keys() {
        return new TreeSet<>(Texts.bundle().keySet());
    }

    @Test
    void whatIsAskedForIsThere() throws IOException {
        var asked = new TreeSet<String>();
        for (var source : sources(JAVA, ".java")) {
            ASKED.matcher(source).results().forEach(hit -> asked.add(hit.group(1)));
        }
        for (var source : sources(FXML, ".fxml")) {
            NAMED.matcher(source).results().forEach(hit -> asked.add(hit.group(1)));
        }
        assertThat(asked).hasSizeGreaterThan(200);
        asked.removeAll(keys());
        assertThat(asked).as("asked for and not in texts.properties").isEmpty();
    }

    @Test
    void whatIsThereIsAskedFor() throws IOException {
        var whole = new TreeSet<String>();
        var beginnings = new TreeSet<String>();
        var endings = new TreeSet<String>();
        for (var source : sources(JAVA, ".java")) {
            ENDING.matcher(source).results().forEach(hit -> endings.add(hit.group(1)));
            LITERAL.matcher(source)
                    .results()
                    .forEach(hit ->
                            (hit.group(2) == null && !hit.group(1).endsWith(".")
                                            ? whole
                                            : beginnings)
                                    .add(hit.group(1)));
        }
        for (var source : sources(FXML, ".fxml")) {
            NAMED.matcher(source).results().forEach(hit -> whole.add(hit.group(1)));
        }
        var unused =
                keys().stream()
                        .filter(key -> !whole.contains(key))
                        .filter(key -> beginnings.stream().noneMatch(key::startsWith))
                        .filter(key ->
                                endings.stream()
                                        .noneMatch(ending ->
                                                key.endsWith(ending)
                                                        && whole.contains(
                                                                key.substring(
                                                                        0,
                                                                        key.length()
                                                                                - ending
                                                                                        .length()))))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unused).as("in texts.properties and never asked for").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyLanguageHasTheTextsOfTheOthers(String file) throws IOException {
        var found = new ArrayList<String>();
        var own = texts(file);
        texts(ENGLISH).keySet().stream()
                .filter(key -> !own.containsKey(key))
                .forEach(key -> found.add("%s lacks %s".formatted(file, key)));
        own.keySet().stream()
                .filter(key -> !texts(ENGLISH).containsKey(key))
                .forEach(key -> found.add("%s has %s, English has not".formatted(file, key)));
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyTextIsAPatternWithTheArgumentsOfTheEnglishOne(String file) throws IOException {
        var found = new ArrayList<String>();
        var english = texts(ENGLISH);
        texts(file)
                .forEach((key, text) -> {
                    var place = file + ": " + key + "=" + text;
                    if (text.contains("'")) {
                        found.add("straight apostrophe in " + place);
                    }
                    try {
                        new MessageFormat(text, Locale.ENGLISH);
                    } catch (IllegalArgumentException e) {
                        found.add("no pattern, " + e.getMessage() + ", in " + place);
                    }
                    // Japanese and Chinese count in other steps, which come as an argument of their
                    // own.
                    if (!key.startsWith("support.amount.")
                            && !arguments(text)
                                    .equals(arguments(english.getOrDefault(key, text)))) {
                        found.add("other arguments than English in " + place);
                    }
                });
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void noTextIsThereTwice(String file) throws IOException {
        var lines = new TreeSet<String>();
        var twice = new ArrayList<String>();
        for (var line : written(file).lines().toList()) {
            var key = line.split("=", 2)[0];
            if (line.contains("=") && !line.startsWith("#") && !lines.add(key)) {
                twice.add(file + ": " + key);
            }
        }
        assertThat(twice).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "en;1234.5",
                "de;1234,5",
                "fr;1234,5",
                "es;1234,5",
                "ja;1234.5",
                "zh;1234.5"
            })
    void numbersAreWrittenAsTheLanguageDoes(String languageAndNumber) {
        var parts = languageAndNumber.split(";", 2);
        try {
            Texts.use(Locale.forLanguageTag(parts[0]));
            assertThat(Texts.get("queue.perSecond", 1234.5)).contains(parts[1]);
        } finally {
            Texts.use(Locale.ENGLISH);
        }
    }

    private static List<String> files() {
        return Texts.LANGUAGES.stream()
                .map(Locale::getLanguage)
                .map(name -> name.equals("en") ? ENGLISH : "texts_" + name + ".properties")
                .toList();
    }

    private static String written(String file) throws IOException {
        return Files.readString(FXML.resolve(file));
    }

    private static Map<String, String> texts(String file) {
        var read = new Properties();
        try (var reader = Files.newBufferedReader(FXML.resolve(file))) {
            read.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var texts = new TreeMap<String, String>();
        read.forEach((key, text) -> texts.put((String) key, (String) text));
        return texts;
    }

    private static Set<String> arguments(String text) {
        return ARGUMENT.matcher(text)
                .results()
                .map(hit -> hit.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
