package org.palimpsest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir Path parent;

    @Test
    void aFolderGoesWithEverythingInIt() throws IOException {
        Path folder = parent.resolve("folder");
        Files.createDirectories(folder.resolve("inner/empty"));
        Files.writeString(folder.resolve("inner/file"), "text");
        Folders.delete(folder);
        assertThat(folder).doesNotExist();
        assertThat(parent).exists();
    }

    @Test
    void aFolderThatIsNotThereIsNoMistake() throws IOException {
        Folders.delete(parent.resolve("nothing"));
        assertThat(parent).isEmptyDirectory();
    }
}
