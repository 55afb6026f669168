package org.palimpsest.project;

import java.nio.file.Path;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.problem.ProblemException;

/// Makes entries of image files.
final class ImageInspector {
    private ImageInspector() {}

    /// A new entry with everything that the file says of itself.
    static ImageEntry inspect(Path file) throws ProblemException {
        var seen = ImageFiles.inspect(file);
        return new ImageEntry(
                ImageId.random(),
                file.toAbsolutePath().normalize(),
                seen.size(),
                new ImageFacts(
                        seen.contentHash(),
                        seen.perceptualHash(),
                        seen.orientation().exifValue(),
                        seen.captured(),
                        seen.bytes()));
    }
}
