package org.palimpsest.checkpoint;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Checks the file names that an index gives for its shards.
final class ShardNames {
    private ShardNames() {}

    /// Whether this names a file beside the index: no folder, no `..`, no absolute path.
    static boolean isPlainFileName(String name) {
        if (name.isBlank() || name.equals(".") || name.equals("..") || name.length() > 255) {
            return false;
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0) {
            return false;
        }
        try {
            return Path.of(name).getNameCount() == 1 && !Path.of(name).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
