package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

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

    @Test
    void everyTextIsAPatternWithoutStraightApostrophes() {
        for (var key : keys()) {
            var text = Texts.bundle().getString(key);
            assertThat(text).as(key).doesNotContain("'");
            new MessageFormat(text, Locale.ENGLISH);
        }
    }
}
