package org.palimpsest.project;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Image paths as the project file has them: from the project's folder, with slashes, so that project and images move
/// together; absolute where the image lies elsewhere on another drive.
final class StoredPaths {
    private final Path folder;

    /// @param folder where the project file lies
    StoredPaths(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    String stored(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path root = folder.getRoot();
        if (root == null || !root.equals(absolute.getRoot())) {
            return slashes(absolute);
        }
        return slashes(folder.relativize(absolute));
    }

    Path file(String stored) {
        return folder.resolve(stored).normalize();
    }

    private static String slashes(Path path) {
        String joined =
                StreamSupport.stream(path.spliterator(), false)
                        .map(Path::toString)
                        .collect(Collectors.joining("/"));
        return path.isAbsolute() ? path.getRoot().toString().replace('\\', '/') + joined : joined;
    }
}
