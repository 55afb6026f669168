package org.palimpsest.format.cvat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.shape.Decimals;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.format.shape.XmlText;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

/// Writes `annotations.xml` and the images beside it in `images`.
final class CvatWriter implements DatasetWriter {
    private static final int PLACES = 6;
    private static final String OCCLUDED = "occluded";

    /// Names of attributes are declared with their label; more than these no person looks through.
    private static final int MOST_NAMES = 200;

    @Override
    public void write(DatasetExport data) throws ProblemException {
        var names = new TreeMap<String, Set<String>>();
        boolean[] texts = {false};
        data.data()
                .forEach(image -> {
                    for (var object : image.objects()) {
                        var known = names.computeIfAbsent(object.label(), _ -> new TreeSet<>());
                        object.attributes().keySet().stream()
                                .filter(name -> known.size() < MOST_NAMES)
                                .forEach(known::add);
                    }
                    texts[0] |= !image.texts().isEmpty();
                });
        data.convention("masks", "row by row inside of their box, zeros first");
        long[] id = {0};
        try (var xml =
                new BufferedWriter(
                        new OutputStreamWriter(
                                data.openFile("annotations.xml"), StandardCharsets.UTF_8))) {
            xml.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n");
            xml.write("  <version>1.1</version>\n");
            writeMeta(xml, data, names, texts[0]);
            data.forEachImage(image -> {
                try {
                    xml.write(image(data, image, id[0]++));
                } catch (IOException e) {
                    throw data.cannotWrite(e);
                }
            });
            xml.write("</annotations>\n");
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }

    private static void writeMeta(
            Writer xml, DatasetExport data, Map<String, Set<String>> names, boolean texts)
            throws IOException {
        xml.write("  <meta>\n    <task>\n      <name>Palimpsest</name>\n");
        xml.write("      <size>" + data.data().imageCount() + "</size>\n      <labels>\n");
        LabelSet labels = data.data().labels();
        for (var label : labels.labels()) {
            writeLabel(xml, label, "any", names.getOrDefault(label.name(), Set.of()));
        }
        if (texts) {
            String tag = tagLabel(labels);
            writeLabel(
                    xml,
                    new Label(tag, labels.unusedColor()),
                    "tag",
                    Set.of(CvatFormat.CAPTION, CvatFormat.PROMPT));
        }
        xml.write("      </labels>\n    </task>\n  </meta>\n");
    }

    /// The label of tags that hold texts, which is no object's.
    private static String tagLabel(LabelSet labels) {
        String name = "text";
        while (labels.find(name).isPresent()) {
            name = "image " + name;
        }
        return name;
    }

    private static void writeLabel(Writer xml, Label label, String type, Set<String> attributes)
            throws IOException {
        xml.write("        <label>\n          <name>" + XmlText.escape(label.name()) + "</name>\n");
        xml.write("          <color>#%06x</color>\n".formatted(label.rgb()));
        xml.write("          <type>" + type + "</type>\n          <attributes>\n");
        for (var name : new TreeSet<>(attributes)) {
            if (!name.equals(OCCLUDED)) {
                xml.write("            <attribute><name>" + XmlText.escape(name) + "</name>");
                xml.write("<mutable>False</mutable><input_type>text</input_type>");
                xml.write("<default_value></default_value><values></values></attribute>\n");
            }
        }
        xml.write("          </attributes>\n        </label>\n");
    }

    private static String image(DatasetExport data, AnnotatedImage image, long id)
            throws ProblemException {
        var placed = data.image(image, "images");
        var size = image.image().size();
        var xml = new StringBuilder("  <image id=\"" + id + "\"");
        // CVAT looks images up by their path inside of the folder of images.
        String path = placed.path();
        attribute(xml, "name", path.startsWith("images/") ? path.substring(7) : path);
        var split = image.details().split();
        switch (split) {
            case TRAIN -> attribute(xml, "subset", "train");
            case VALIDATION -> attribute(xml, "subset", "validation");
            case TEST -> attribute(xml, "subset", "test");
            case UNASSIGNED -> {}
        }
        xml.append(" width=\"%d\" height=\"%d\">\n".formatted(size.width(), size.height()));
        for (var object : image.objects()) {
            writeObject(xml, data, object, size, placed.fileName());
        }
        for (var text : image.texts()) {
            writeText(xml, tagLabel(data.data().labels()), text);
            data.countExample();
        }
        return xml.append("  </image>\n").toString();
    }

    private static void writeObject(
            StringBuilder xml,
            DatasetExport data,
            ObjectAnnotation object,
            Size size,
            String place) {
        Region region = object.region();
        if (region instanceof MultiPolygon parts && parts.polygons().size() == 1) {
            region = parts.polygons().getFirst();
        }
        if (Shapes.hasHoles(region) || region instanceof MultiPolygon) {
            region = Mask.fromRegion(region, size);
        }
        switch (region) {
            case Box box -> {
                var inside = Shapes.clip(box, size, place, data.findings());
                if (inside.isEmpty()) {
                    return;
                }
                begin(xml, "box", object);
                attribute(xml, "xtl", inside.get().xMin());
                attribute(xml, "ytl", inside.get().yMin());
                attribute(xml, "xbr", inside.get().xMax());
                attribute(xml, "ybr", inside.get().yMax());
                end(xml, "box", object);
            }
            case Polygon polygon -> {
                begin(xml, "polygon", object);
                attribute(xml, "points", points(polygon));
                end(xml, "polygon", object);
            }
            case MultiPolygon parts ->
                    throw new IllegalStateException("Should have become a mask: " + parts);
            case Mask mask -> {
                if (mask.isEmpty()) {
                    data.findings().error(place, "a mask has no pixel: " + object.label());
                    return;
                }
                begin(xml, "mask", object);
                writeMask(xml, mask);
                end(xml, "mask", object);
            }
        }
        data.countExample();
    }

    private static String points(Polygon polygon) {
        return polygon.exterior().stream()
                .map(point ->
                        Decimals.text(point.x(), PLACES) + "," + Decimals.text(point.y(), PLACES))
                .collect(Collectors.joining(";"));
    }

    private static void writeMask(StringBuilder xml, Mask mask) {
        var bounds = mask.bounds();
        attribute(
                xml,
                "rle",
                Arrays.stream(Shapes.crop(mask).rowMajorRunLengths())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", ")));
        attribute(xml, "left", bounds.xMin());
        attribute(xml, "top", bounds.yMin());
        attribute(xml, "width", bounds.width());
        attribute(xml, "height", bounds.height());
    }

    private static void begin(StringBuilder xml, String element, ObjectAnnotation object) {
        xml.append("    <").append(element);
        attribute(xml, "label", object.label());
        attribute(xml, "source", source(object));
        attribute(xml, OCCLUDED, isOccluded(object) ? "1" : "0");
    }

    private static boolean isOccluded(ObjectAnnotation object) {
        return "true".equals(object.attributes().get(OCCLUDED));
    }

    private static void end(StringBuilder xml, String element, ObjectAnnotation object) {
        xml.append(" z_order=\"0\">\n");
        for (var entry : object.attributes().entrySet()) {
            if (!entry.getKey().equals(OCCLUDED) || !isOccluded(object)) {
                writeAttribute(xml, entry.getKey(), entry.getValue());
            }
        }
        xml.append("    </").append(element).append(">\n");
    }

    private static void writeText(StringBuilder xml, String label, TextAnnotation text) {
        xml.append("    <tag");
        attribute(xml, "label", label);
        attribute(xml, "source", source(text));
        xml.append(">\n");
        writeAttribute(xml, CvatFormat.PROMPT, text.prompt());
        writeAttribute(xml, CvatFormat.CAPTION, text.text());
        xml.append("    </tag>\n");
    }

    private static void writeAttribute(StringBuilder xml, String name, String text) {
        xml.append("      <attribute name=\"")
                .append(XmlText.escape(name))
                .append("\">")
                .append(XmlText.escape(text))
                .append("</attribute>\n");
    }

    /// CVAT's word for where an annotation came from.
    private static String source(Annotation annotation) {
        boolean seen = annotation.review() == ReviewState.ACCEPTED;
        return switch (annotation.provenance()) {
            case Provenance.Drawn _ -> "manual";
            case Provenance.Corrected _ -> "semi-auto";
            case Provenance.Predicted _ -> seen ? "semi-auto" : "auto";
            case Provenance.Imported imported ->
                    imported.score().isEmpty() ? "manual" : seen ? "semi-auto" : "auto";
        };
    }

    private static void attribute(StringBuilder xml, String name, String value) {
        xml.append(' ').append(name).append("=\"").append(XmlText.escape(value)).append('"');
    }

    private static void attribute(StringBuilder xml, String name, double value) {
        attribute(xml, name, Decimals.text(value, PLACES));
    }
}
