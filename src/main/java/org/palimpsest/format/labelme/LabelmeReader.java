package org.palimpsest.format.labelme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.Frame;
import org.palimpsest.format.shape.ImageFolders;
import org.palimpsest.format.shape.Names;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Reads one labelme file, or all in a folder and the folders in it.
final class LabelmeReader implements DatasetReader {
    private static final String OUR_MANIFEST = "palimpsest-export.json";

    @Override
    public void read(DatasetImport data) throws ProblemException {
        boolean single = Files.isRegularFile(data.source());
        List<Path> files =
                single ? List.of(data.source()) : ImageFolders.files(data.folder(), ".json");
        long read = 0;
        for (var file : files) {
            data.throwIfCancelled();
            if (file.getFileName().toString().equals(OUR_MANIFEST)) {
                continue;
            }
            String place = ImageFolders.relative(data.folder(), file);
            try {
                var found = LabelmeFile.read(file);
                if (found.isPresent()) {
                    read++;
                    take(data, file, place, found.get());
                } else {
                    data.findings().warning(place, "this JSON file is none of labelme's");
                }
            } catch (IOException e) {
                if (single) {
                    throw unreadable(file, LabelmeFile.firstLine(e));
                }
                data.findings().error(place, "no JSON: " + LabelmeFile.firstLine(e));
            }
        }
        if (read == 0) {
            throw unreadable(data.source(), "there is no labelme file");
        }
    }

    private static ProblemException unreadable(Path source, String reason) {
        return new ProblemException(
                new Problem(
                        "The labelme annotations cannot be read",
                        source + ": " + reason,
                        "Choose a labelme JSON file or a folder of them"),
                null);
    }

    private static void take(DatasetImport data, Path file, String place, LabelmeFile found)
            throws ProblemException {
        if (!found.damage().isEmpty()) {
            data.findings().error(place, "the rest cannot be read: " + found.damage());
        }
        String path = besideFile(data, file, found.imagePath());
        var image = data.image(place, path);
        if (image.isEmpty()) {
            return;
        }
        var details = details(found);
        if (!details.equals(ImageDetails.NEW)) {
            data.sink().details(image.get().id(), details);
        }
        var usual = data.options().frame().orElse(Frame.UPRIGHT);
        var frame = Frame.of(image.get(), found.size(), usual);
        var size = frame.size(image.get());
        if (found.size().isPresent() && !found.size().get().equals(size)) {
            data.findings()
                    .warning(
                            place,
                            "the file says the image is %s, it is %s"
                                    .formatted(found.size().get(), size));
        }
        var shapes =
                new LabelmeShapes(
                        place, file.getFileName().toString(), image.get(), frame, data.findings());
        data.annotations(image.get().id(), shapes.of(found.shapes()));
    }

    /// Image paths are relative to the file, which may lie deeper than the folder that was chosen.
    private static String besideFile(DatasetImport data, Path file, String imagePath) {
        String path = imagePath.replace('\\', '/');
        String folder = ImageFolders.relative(data.folder(), file);
        int slash = folder.lastIndexOf('/');
        // Annotations are often kept apart from images: ../images/a.jpg.
        if (path.startsWith("../")) {
            path = path.substring(path.lastIndexOf('/') + 1);
        }
        if (path.isBlank()) {
            return imagePath;
        }
        return slash < 0 ? path : folder.substring(0, slash + 1) + path;
    }

    private static ImageDetails details(LabelmeFile found) {
        var tags = new TreeSet<String>();
        found.flags().stream().map(Names::label).flatMap(Optional::stream).forEach(tags::add);
        String notes = found.notes();
        return ImageDetails.NEW
                .withTags(tags)
                .withNotes(notes.length() <= 10_000 ? notes : notes.substring(0, 10_000));
    }
}
