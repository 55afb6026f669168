package org.palimpsest.format;

/// Where an export has an image.
///
/// @param path from the export's folder, with forward slashes
public record ExportedImage(String path) {

    /// The last part of the path, such as `cat.jpg`.
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// The file name without its extension.
    public String stem() {
        String name = fileName();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }
}
