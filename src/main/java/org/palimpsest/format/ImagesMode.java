package org.palimpsest.format;

/// What an export does with the image files.
public enum ImagesMode {
    /// Copies them; images with an orientation tag are written anew, upright, as PNG.
    COPY,
    /// As [#COPY], but a file that need not change is linked where the disk allows, which takes no room.
    LINK,
    /// Leaves them where they are and names them by their path from the export's folder.
    REFER
}
