package org.palimpsest.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StoredPathsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getRoot();

    private static Path absolute(String path) {
        return ROOT.resolve(path);
    }

    @Test
    void imagesNearTheProjectAreNamedFromItsFolder() {
        var paths = new StoredPaths(absolute("home/ada/projects"));
        assertThat(paths.stored(absolute("home/ada/projects/images/a b.png")))
                .isEqualTo("images/a b.png");
        assertThat(paths.stored(absolute("home/ada/photos/ü.png"))).isEqualTo("../photos/ü.png");
        var atTheRoot = new StoredPaths(ROOT);
        assertThat(atTheRoot.stored(absolute("photos/a.png"))).isEqualTo("photos/a.png");
    }

    @Test
    void imagesElsewhereKeepTheirAbsolutePath() {
        var paths = new StoredPaths(absolute("home/ada/projects"));
        var image = absolute("data/photos/a.png");
        assertThat(Path.of(paths.stored(image))).isAbsolute();
        assertThat(paths.file(paths.stored(image))).isEqualTo(image);
    }

    @Test
    void whatWasStoredIsFoundAgain() {
        var paths = new StoredPaths(absolute("home/ada/projects"));
        for (var name : new String[] {"home/x.png", "home/ada/projects/y.png", "z.png"}) {
            assertThat(paths.file(paths.stored(absolute(name)))).isEqualTo(absolute(name));
        }
    }
}
