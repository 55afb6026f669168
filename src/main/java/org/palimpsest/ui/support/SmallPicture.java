package org.palimpsest.ui.support;

import java.nio.file.Path;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.problem.ProblemException;

/// A small copy of an image.
///
/// @param argb its pixels, row by row; not to be modified
public record SmallPicture(int width, int height, int[] argb) {
    private static final int SIDE = 480;
    private static final int OPAQUE = 0xFF000000;

    /// Reads an image file; not for the interface's thread.
    public static SmallPicture read(Path file) throws ProblemException {
        Picture picture = ImageFiles.thumbnail(file, SIDE);
        byte[] rgb = picture.rgb();
        var argb = new int[picture.width() * picture.height()];
        for (int i = 0; i < argb.length; i++) {
            int at = i * Picture.CHANNELS;
            argb[i] =
                    OPAQUE
                            | (rgb[at] & 0xFF) << 16
                            | (rgb[at + 1] & 0xFF) << 8
                            | (rgb[at + 2] & 0xFF);
        }
        return new SmallPicture(picture.width(), picture.height(), argb);
    }
}
