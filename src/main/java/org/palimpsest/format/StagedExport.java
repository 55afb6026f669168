package org.palimpsest.format;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.problem.ProblemException;

/// An export that is written but has not got its place yet: the last look before it.
///
/// @param folder where it lies now
/// @param preview what was to be written
/// @param report what came of it
/// @param images the images by their paths in the export
public record StagedExport(
        Path folder, ExportPreview preview, ExportReport report, Map<String, ImageId> images) {
    public StagedExport {
        images = Map.copyOf(images);
    }

    static StagedExport of(
            Path folder,
            ExportPreview preview,
            ExportReport report,
            Map<ImageId, ExportedImage> placed) {
        var images = new HashMap<String, ImageId>();
        placed.forEach((id, image) -> images.put(image.path(), id));
        return new StagedExport(folder, preview, report, images);
    }

    /// The image that a line of the export names.
    ///
    /// @param folder of the line's file from the export's folder, with forward slashes and one behind it; or empty
    /// @param path as the line has it
    public Optional<ImageId> image(String folder, String path) {
        for (var place : new String[] {folder, folder + "images/", "", "images/"}) {
            var found = images.get(place + path);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /// Looks at an export before it gets its place.
    @FunctionalInterface
    public interface Inspection {
        /// Accepts everything.
        Inspection NONE = _ -> true;

        /// Whether the export may get its place; else nothing of it stays.
        boolean accepts(StagedExport export) throws ProblemException;
    }
}
