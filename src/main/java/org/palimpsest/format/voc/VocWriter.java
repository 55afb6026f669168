package org.palimpsest.format.voc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.ExportedImage;
import org.palimpsest.format.shape.ImageFolders;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.format.shape.XmlText;
import org.palimpsest.geometry.Box;
import org.palimpsest.problem.ProblemException;

/// Writes `JPEGImages`, `Annotations`, `ImageSets/Main` and datumaro's `labelmap.txt`.
final class VocWriter implements DatasetWriter {
    /// Attributes that have an element of their own, where they are `true`.
    static final List<String> FLAGS = List.of("truncated", "difficult", "occluded");

    @Override
    public void write(DatasetExport data) throws ProblemException {
        ImageFolders.requireCopies(data, VocFormat.TITLE);
        var convention = Convention.ofSetting(data.setting("convention"));
        data.convention("boxes", convention.words());
        var sets = new EnumMap<Split, StringBuilder>(Split.class);
        long[] rounded = {0};
        long[] unassigned = {0};
        data.forEachImage(image -> {
            var placed = data.image(image, "JPEGImages");
            rounded[0] += writeImage(data, image, placed, convention);
            var split = image.details().split();
            if (split == Split.UNASSIGNED) {
                unassigned[0]++;
                split = Split.TRAIN;
            }
            sets.computeIfAbsent(split, _ -> new StringBuilder())
                    .append(placed.stem())
                    .append('\n');
        });
        for (var set : sets.entrySet()) {
            write(data, "ImageSets/Main/" + name(set.getKey()) + ".txt", set.getValue());
        }
        write(data, "labelmap.txt", labelMap(data));
        if (rounded[0] > 0) {
            data.findings()
                    .warning(VocFormat.TITLE, rounded[0] + " boxes are rounded to whole pixels");
        }
        if (unassigned[0] > 0) {
            data.findings()
                    .warning(VocFormat.TITLE, unassigned[0] + " images of no split are in train");
        }
    }

    static String name(Split split) {
        return switch (split) {
            case TRAIN, UNASSIGNED -> "train";
            case VALIDATION -> "val";
            case TEST -> "test";
        };
    }

    private static void write(DatasetExport data, String path, CharSequence text)
            throws ProblemException {
        try (var out = data.openFile(path)) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }

    private static CharSequence labelMap(DatasetExport data) {
        var map = new StringBuilder("# label:color_rgb:parts:actions\nbackground:0,0,0::\n");
        for (var label : data.data().labels().labels()) {
            if (label.name().contains(":")) {
                data.findings()
                        .warning(
                                "labelmap.txt", "datumaro cuts labels at a colon: " + label.name());
            }
            map.append(label.name())
                    .append(':')
                    .append(label.rgb() >> 16)
                    .append(',')
                    .append(label.rgb() >> 8 & 0xFF)
                    .append(',')
                    .append(label.rgb() & 0xFF)
                    .append("::\n");
        }
        return map;
    }

    /// How many boxes were rounded.
    private static long writeImage(
            DatasetExport data, AnnotatedImage image, ExportedImage placed, Convention convention)
            throws ProblemException {
        var size = image.image().size();
        var xml = new StringBuilder("<annotation>\n\t<folder>JPEGImages</folder>\n");
        element(xml, 1, "filename", placed.fileName());
        xml.append("\t<source>\n");
        element(xml, 2, "database", "Palimpsest");
        element(xml, 2, "annotation", convention.words());
        xml.append("\t</source>\n\t<size>\n");
        element(xml, 2, "width", Integer.toString(size.width()));
        element(xml, 2, "height", Integer.toString(size.height()));
        element(xml, 2, "depth", "3");
        xml.append("\t</size>\n");
        element(xml, 1, "segmented", "0");
        long rounded = 0;
        for (var object : image.objects()) {
            var box =
                    Shapes.clip(object.region().bounds(), size, placed.fileName(), data.findings());
            if (box.isPresent()) {
                writeObject(xml, object, box.get(), convention);
                rounded += convention.isExact(box.get()) ? 0 : 1;
                data.countExample();
            }
        }
        xml.append("</annotation>\n");
        write(data, "Annotations/" + placed.stem() + ".xml", xml);
        return rounded;
    }

    private static void writeObject(
            StringBuilder xml, ObjectAnnotation object, Box box, Convention convention) {
        var attributes = object.attributes();
        xml.append("\t<object>\n");
        element(xml, 2, "name", object.label());
        element(xml, 2, "pose", attributes.getOrDefault("pose", "Unspecified"));
        for (var flag : FLAGS) {
            boolean crowd = flag.equals("difficult") && object.crowd();
            element(xml, 2, flag, isTrue(attributes, flag) || crowd ? "1" : "0");
        }
        String[] numbers = convention.numbers(box);
        xml.append("\t\t<bndbox>\n");
        element(xml, 3, "xmin", numbers[0]);
        element(xml, 3, "ymin", numbers[1]);
        element(xml, 3, "xmax", numbers[2]);
        element(xml, 3, "ymax", numbers[3]);
        xml.append("\t\t</bndbox>\n");
        var others =
                attributes.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals("pose"))
                        .filter(entry -> !isTrue(attributes, entry.getKey()))
                        .toList();
        if (!others.isEmpty()) {
            // As datumaro and CVAT write them.
            xml.append("\t\t<attributes>\n");
            for (var entry : others) {
                xml.append("\t\t\t<attribute>\n");
                element(xml, 4, "name", entry.getKey());
                element(xml, 4, "value", entry.getValue());
                xml.append("\t\t\t</attribute>\n");
            }
            xml.append("\t\t</attributes>\n");
        }
        xml.append("\t</object>\n");
    }

    private static boolean isTrue(Map<String, String> attributes, String flag) {
        return FLAGS.contains(flag) && "true".equals(attributes.get(flag));
    }

    private static void element(StringBuilder xml, int depth, String name, String text) {
        xml.append("\t".repeat(depth))
                .append('<')
                .append(name)
                .append('>')
                .append(XmlText.escape(text))
                .append("</")
                .append(name)
                .append(">\n");
    }
}
