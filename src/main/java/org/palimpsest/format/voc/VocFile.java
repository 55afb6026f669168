package org.palimpsest.format.voc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.format.shape.Decimals;
import org.palimpsest.format.shape.XmlElement;
import org.palimpsest.format.shape.XmlElements;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

/// The contents of one annotation file.
///
/// @param convention what its `<source>` states
record VocFile(
        String imageName,
        Optional<Convention> convention,
        Optional<Size> size,
        List<XmlElement> objects) {
    private static final int MOST_OBJECTS = 100_000;
    private static final List<String> CORNERS = List.of("xmin", "ymin", "xmax", "ymax");

    /// @throws ProblemException if the file is no such file
    static VocFile read(Path file) throws ProblemException {
        String name = "";
        var convention = Optional.<Convention>empty();
        var size = Optional.<Size>empty();
        var objects = new ArrayList<XmlElement>();
        try (var elements = XmlElements.open(file)) {
            if (!elements.root().equals("annotation")) {
                throw new ProblemException(
                        "This is no VOC annotation",
                        file + " holds <" + elements.root() + ">",
                        "Choose another format");
            }
            for (var next = elements.next(); next.isPresent(); next = elements.next()) {
                var element = next.get();
                switch (element.name()) {
                    case "filename" -> name = element.text().strip();
                    case "source" ->
                            convention =
                                    Convention.ofSource(
                                            element.childText("database")
                                                    + " "
                                                    + element.childText("annotation")
                                                    + element.text());
                    case "size" -> size = size(element);
                    case "object" -> {
                        if (objects.size() < MOST_OBJECTS) {
                            objects.add(element);
                        }
                    }
                    default -> {} // folder, path, owner, segmented
                }
            }
        }
        return new VocFile(name, convention, size, objects);
    }

    private static Optional<Size> size(XmlElement element) {
        double width = Decimals.parse(element.childText("width"));
        double height = Decimals.parse(element.childText("height"));
        return width >= 1 && height >= 1 && width < 1e9 && height < 1e9
                ? Optional.of(new Size((int) width, (int) height))
                : Optional.empty();
    }

    /// Whether a box has numbers that the development kit never writes.
    boolean looksZeroBased() {
        for (var object : objects) {
            var box = object.child("bndbox");
            for (var corner : CORNERS) {
                double value =
                        box.map(found -> Decimals.parse(found.childText(corner)))
                                .orElse(Double.NaN);
                boolean first = corner.endsWith("min");
                if (value != Math.rint(value) && !Double.isNaN(value) || first && value == 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
