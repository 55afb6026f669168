package org.palimpsest.imaging;

import java.nio.file.Path;
import org.palimpsest.problem.ProblemException;

/// Gives thumbnails of image files; [ThumbnailFiles] does.
@FunctionalInterface
public interface ThumbnailSource {
    /// @throws ProblemException if there is none to be had: the file is missing, damaged or no image
    Thumbnail get(Path image) throws ProblemException;
}
