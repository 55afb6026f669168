package org.palimpsest.ui.exchange;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.palimpsest.project.Project;

/// Paths that people type, and names for the folders of exports.
final class Targets {
    private Targets() {}

    /// What a person typed; empty where it is no path.
    static Optional<Path> path(String typed) {
        try {
            return typed.isBlank() ? Optional.empty() : Optional.of(Path.of(typed.strip()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /// A folder that is not there yet, beside the last export; where that place is gone, beside the project.
    static Path free(Optional<Path> last, Path project, String format) {
        Path parent = project.getParent();
        var folder = last.filter(Files::isDirectory).orElse(parent == null ? project : parent);
        return in(folder, project, format);
    }

    /// A folder in this one that is not there yet: `streets-coco`, then `streets-coco-2`.
    static Path in(Path folder, Path project, String format) {
        String file = String.valueOf(project.getFileName());
        var stem =
                file.endsWith(Project.EXTENSION)
                        ? file.substring(0, file.length() - Project.EXTENSION.length())
                        : file;
        for (int number = 1; ; number++) {
            var free = folder.resolve(stem + "-" + format + (number == 1 ? "" : "-" + number));
            if (!Files.exists(free)) {
                return free;
            }
        }
    }
}
