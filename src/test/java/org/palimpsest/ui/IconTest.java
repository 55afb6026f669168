package org.palimpsest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

/// Every icon that the sources name exists: one that does not would stop the window from opening.
final class IconTest {
    private static final Pattern NAME = Pattern.compile("\\b(mdal|mdmz)-[a-z0-9_]+");

    @Test
    void everyIconExists() throws IOException {
        var unknown = new TreeMap<String, Path>();
        int seen = 0;
        for (var folder : new String[] {"java", "resources"}) {
            try (var files =
                    Files.walk(Path.of("src", "main", folder, "org", "palimpsest", "ui"))) {
                for (var file : files.filter(IconTest::isSource).toList()) {
                    var names = NAME.matcher(Files.readString(file));
                    while (names.find()) {
                        seen++;
                        if (!exists(names.group())) {
                            unknown.put(names.group(), file);
                        }
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(seen).isGreaterThan(50);
    }

    private static boolean isSource(Path file) {
        var name = file.toString();
        return Stream.of(".java", ".fxml", ".css", ".properties").anyMatch(name::endsWith);
    }

    private static boolean exists(String name) {
        try {
            if (name.startsWith("mdal")) {
                Material2AL.findByDescription(name);
            } else {
                Material2MZ.findByDescription(name);
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
