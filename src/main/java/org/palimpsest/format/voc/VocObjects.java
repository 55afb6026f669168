package org.palimpsest.format.voc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.Frame;
import org.palimpsest.format.shape.Decimals;
import org.palimpsest.format.shape.Names;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.format.shape.XmlElement;
import org.palimpsest.geometry.Box;
import org.palimpsest.problem.ProblemException;

/// Makes annotations of the objects of one file.
final class VocObjects {
    private static final Set<String> KNOWN =
            Set.of("name", "pose", "truncated", "difficult", "occluded", "bndbox", "attributes");

    private final DatasetImport data;
    private final String place;
    private final ImageEntry image;
    private final Provenance provenance;

    VocObjects(DatasetImport data, String place, String fileName, ImageEntry image) {
        this.data = data;
        this.place = place;
        this.image = image;
        this.provenance = new Provenance.Imported(VocFormat.TITLE, fileName);
    }

    List<ObjectAnnotation> of(VocFile file, Convention convention) throws ProblemException {
        var frame = Frame.of(image, file.size(), data.options().frame().orElse(Frame.STORED));
        var size = frame.size(image);
        if (file.size().isPresent() && !file.size().get().equals(size)) {
            data.findings()
                    .warning(
                            place,
                            "the file says the image is %s, it is %s"
                                    .formatted(file.size().get(), size));
        }
        var objects = new ArrayList<ObjectAnnotation>();
        for (var element : file.objects()) {
            String where = place + " line " + element.line();
            var label = Names.label(element.childText("name"));
            if (label.isEmpty()) {
                data.findings().error(where, "an object has no usable name");
                continue;
            }
            var box =
                    box(element, convention, where)
                            .flatMap(found -> Shapes.clip(found, size, where, data.findings()));
            if (box.isPresent()) {
                objects.add(
                        ObjectAnnotation.of(
                                        label.get(), frame.upright(image, box.get()), provenance)
                                .withAttributes(attributes(element)));
            }
        }
        return objects;
    }

    private Optional<Box> box(XmlElement object, Convention convention, String where) {
        var found = object.child("bndbox");
        if (found.isEmpty()) {
            data.findings().error(where, "an object has no box");
            return Optional.empty();
        }
        double xMin = Decimals.parse(found.get().childText("xmin"));
        double yMin = Decimals.parse(found.get().childText("ymin"));
        double xMax = Decimals.parse(found.get().childText("xmax"));
        double yMax = Decimals.parse(found.get().childText("ymax"));
        if (Double.isNaN(xMin + yMin + xMax + yMax)) {
            data.findings().error(where, "a box lacks a number");
            return Optional.empty();
        }
        if (xMin > xMax || yMin > yMax) {
            data.findings()
                    .error(
                            where,
                            "the corners of a box are in the wrong order: %s,%s %s,%s"
                                    .formatted(
                                            Decimals.text(xMin, 2),
                                            Decimals.text(yMin, 2),
                                            Decimals.text(xMax, 2),
                                            Decimals.text(yMax, 2)));
            return Optional.empty();
        }
        return Optional.of(convention.box(xMin, yMin, xMax, yMax));
    }

    private static Map<String, String> attributes(XmlElement object) {
        var attributes = new TreeMap<String, String>();
        String pose = object.childText("pose");
        if (!pose.isEmpty() && !pose.equals("Unspecified")) {
            Names.put(attributes, "pose", pose);
        }
        for (var flag : VocWriter.FLAGS) {
            if (object.childText(flag).equals("1")) {
                Names.put(attributes, flag, "true");
            }
        }
        for (var child : object.children()) {
            if (!KNOWN.contains(child.name())) {
                Names.put(attributes, child.name(), text(child));
            }
        }
        object.child("attributes").stream()
                .flatMap(all -> all.children("attribute"))
                .forEach(one ->
                        Names.put(
                                attributes,
                                one.childText("name"),
                                one.child("value").map(XmlElement::text).orElse("")));
        return attributes;
    }

    /// An element's text; of one with parts, such as `part`, the texts of these.
    private static String text(XmlElement element) {
        if (element.children().isEmpty()) {
            return element.text().strip();
        }
        return String.join(
                " ", element.children().stream().map(VocObjects::text).limit(100).toList());
    }
}
