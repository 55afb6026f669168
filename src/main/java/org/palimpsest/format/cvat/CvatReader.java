package org.palimpsest.format.cvat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.Frame;
import org.palimpsest.format.shape.Decimals;
import org.palimpsest.format.shape.Names;
import org.palimpsest.format.shape.XmlElement;
import org.palimpsest.format.shape.XmlElements;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

/// Reads `annotations.xml`, one image at a time.
final class CvatReader implements DatasetReader {
    @Override
    public void read(DatasetImport data) throws ProblemException {
        Path file =
                Files.isRegularFile(data.source())
                        ? data.source()
                        : data.folder().resolve("annotations.xml");
        boolean begun = false;
        try (var elements = XmlElements.open(file)) {
            if (!elements.root().equals("annotations")) {
                throw new ProblemException(
                        "This is no file of CVAT for images",
                        file + " holds <" + elements.root() + ">",
                        "Export the task as CVAT for images 1.1");
            }
            for (var next = elements.next(); next.isPresent(); next = elements.next()) {
                take(data, file, next.get());
                begun |= next.get().name().equals("image");
            }
        } catch (ProblemException e) {
            if (!begun) {
                throw e;
            }
            data.throwIfCancelled();
            data.findings()
                    .error(
                            file.getFileName().toString(),
                            "the rest cannot be read: " + e.problem().detail());
        }
    }

    private static void take(DatasetImport data, Path file, XmlElement element)
            throws ProblemException {
        switch (element.name()) {
            case "meta" -> takeLabels(data, element, new int[1]);
            case "image" -> takeImage(data, file, element);
            case "track" ->
                    data.findings()
                            .error(
                                    "line " + element.line(),
                                    "tracks of a video are left out; export for images");
            default -> {} // version
        }
    }

    /// Labels stand in a task, a job or a project.
    private static void takeLabels(DatasetImport data, XmlElement element, int[] count)
            throws ProblemException {
        for (var child : element.children()) {
            if (!child.name().equals("label")) {
                takeLabels(data, child, count);
                continue;
            }
            var name = Names.label(child.childText("name"));
            if (name.isPresent() && !child.childText("type").equals("tag")) {
                String color = child.childText("color");
                int rgb =
                        color.matches("#[0-9A-Fa-f]{6}")
                                ? Integer.parseInt(color.substring(1), 16)
                                : LabelSet.color(count[0]);
                data.sink().label(new Label(name.get(), rgb));
                count[0]++;
            }
        }
    }

    private static void takeImage(DatasetImport data, Path file, XmlElement element)
            throws ProblemException {
        String name = element.attribute("name");
        String place = "line " + element.line();
        // Names of exported tasks begin with a folder that is not always there.
        var image = data.image(place, name);
        if (image.isEmpty()) {
            return;
        }
        var stated = size(element);
        var frame = Frame.of(image.get(), stated, data.options().frame().orElse(Frame.UPRIGHT));
        if (stated.isPresent() && !stated.get().equals(frame.size(image.get()))) {
            data.findings()
                    .warning(
                            place,
                            "the file says the image is %s, it is %s"
                                    .formatted(stated.get(), frame.size(image.get())));
        }
        var shapes =
                new CvatShapes(file.getFileName().toString(), image.get(), frame, data.findings());
        var annotations = new ArrayList<Annotation>();
        for (var child : element.children()) {
            shapes.object(child).ifPresent(annotations::add);
        }
        element.children("tag")
                .map(shapes::text)
                .flatMap(Optional::stream)
                .forEach(annotations::add);
        var details = ImageDetails.NEW.withSplit(split(element.attribute("subset")));
        details = details.withTags(shapes.tags());
        if (!details.equals(ImageDetails.NEW)) {
            data.sink().details(image.get().id(), details);
        }
        data.annotations(image.get().id(), annotations);
    }

    private static Optional<Size> size(XmlElement element) {
        double width = Decimals.parse(element.attribute("width"));
        double height = Decimals.parse(element.attribute("height"));
        return width >= 1 && height >= 1 && width < 1e9 && height < 1e9
                ? Optional.of(new Size((int) width, (int) height))
                : Optional.empty();
    }

    private static Split split(String subset) {
        return switch (subset.toLowerCase(Locale.ROOT)) {
            case "train", "training" -> Split.TRAIN;
            case "val", "valid", "validation" -> Split.VALIDATION;
            case "test", "testing" -> Split.TEST;
            default -> Split.UNASSIGNED;
        };
    }
}
