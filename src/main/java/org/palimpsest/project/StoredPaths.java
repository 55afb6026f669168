package org.palimpsest.project;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Image paths as the project file has them, with slashes: from the project's folder, so that project and images move
/// together; absolute where the two have nothing but the root in common, so that the project may move alone.
final class StoredPaths {
    private final Path folder;

    /// @param folder where the project file lies
    StoredPaths(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    String stored(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return slashes(movesWith(absolute) ? folder.relativize(absolute) : absolute);
    }

    private boolean movesWith(Path absolute) {
        Path root = folder.getRoot();
        return root != null
                && root.equals(absolute.getRoot())
                && (absolute.startsWith(folder)
                        || (folder.getNameCount() > 0
                                && absolute.getName(0).equals(folder.getName(0))));
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
