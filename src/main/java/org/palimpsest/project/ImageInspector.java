package org.palimpsest.project;

import java.nio.file.Path;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.ImageInspection;
import org.palimpsest.problem.ProblemException;

/// Makes entries of image files.
final class ImageInspector {
    private ImageInspector() {}

    /// A new entry with everything that the file says of itself.
    static ImageEntry inspect(Path file) throws ProblemException {
        return entry(file, ImageFiles.inspect(file));
    }

    /// A new entry with what the file's header says.
    static ImageEntry inspectHeader(Path file) throws ProblemException {
        return entry(file, ImageFiles.inspectHeader(file));
    }

    private static ImageEntry entry(Path file, ImageInspection seen) {
        return new ImageEntry(
                ImageId.random(), file.toAbsolutePath().normalize(), seen.size(), facts(seen));
    }

    static ImageFacts facts(ImageInspection seen) {
        return new ImageFacts(
                seen.contentHash(),
                seen.perceptualHash(),
                seen.orientation().exifValue(),
                seen.captured(),
                seen.bytes());
    }
}
