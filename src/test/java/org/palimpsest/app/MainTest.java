package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
    @TempDir private Path folder;

    @Test
    void aProjectFileAloneOpensInTheWindow() throws Exception {
        var project = Files.createFile(folder.resolve("streets.palimpsest")).toString();
        assertThat(Main.commandFor(project)).containsExactly("window", project);
    }

    @Test
    void whatIsNoProjectFileIsACommand() {
        assertThat(Main.commandFor("demo")).containsExactly("demo");
        assertThat(Main.commandFor("missing.palimpsest")).containsExactly("missing.palimpsest");
        assertThat(Main.commandFor(folder + "/\0.palimpsest")).hasSize(1);
        assertThat(Main.commandFor()).isEmpty();
    }
}
