package org.palimpsest.format.maskpng;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Label;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.ExportedImage;
import org.palimpsest.format.shape.ImageFolders;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.SampleImage;
import org.palimpsest.problem.ProblemException;

/// Writes `images`, `masks` and the lists of classes.
final class MaskPngWriter implements DatasetWriter {
    /// A palette has 256 colours, and the first is the background's.
    private static final int MOST_CLASSES = 255;

    @Override
    public void write(DatasetExport data) throws ProblemException {
        ImageFolders.requireCopies(data, MaskPngFormat.TITLE);
        var labels = data.data().labels().labels();
        boolean index = data.setting("layout").equals("index");
        if (index && labels.size() > MOST_CLASSES) {
            throw new ProblemException(
                    "There are more labels than an index PNG has numbers",
                    labels.size() + " labels, at most " + MOST_CLASSES,
                    "Choose layout=objects, or merge labels");
        }
        var folders = FolderNames.of(data.data().labels().names());
        if (index) {
            writeMaps(data, labels);
        } else {
            data.forEachImage(image -> writeObjects(data, image, folders));
        }
        writeClasses(data, labels, folders);
        data.convention("masks", index ? "number of the class, 0 is background" : "0 or 255");
    }

    private static void writeObjects(
            DatasetExport data, AnnotatedImage image, Map<String, String> folders)
            throws ProblemException {
        var placed = data.image(image, "images");
        var size = image.image().size();
        int number = 0;
        for (var object : image.objects()) {
            var mask = Mask.fromRegion(object.region(), size);
            if (mask.isEmpty()) {
                data.findings().error(placed.fileName(), "a mask has no pixel: " + object.label());
                continue;
            }
            String path =
                    "%s/%s/%s-%d.png"
                            .formatted(
                                    MaskPngFormat.MASKS,
                                    folders.get(object.label()),
                                    placed.stem(),
                                    ++number);
            try (var out = data.openFile(path)) {
                SampleImage.writeGrey(size, (x, y) -> mask.get(x, y) ? 255 : 0, out);
            } catch (IOException e) {
                throw data.cannotWrite(e);
            }
            data.countExample();
        }
    }

    private static void writeMaps(DatasetExport data, List<Label> labels) throws ProblemException {
        var numbers = new HashMap<String, Integer>();
        int[] palette = new int[labels.size() + 1];
        for (int i = 0; i < labels.size(); i++) {
            numbers.put(labels.get(i).name(), i + 1);
            palette[i + 1] = labels.get(i).rgb();
        }
        long[] merged = {0};
        data.forEachImage(image -> {
            var placed = data.image(image, "images");
            merged[0] += writeMap(data, image, placed, numbers, palette);
        });
        if (merged[0] > 0) {
            data.findings()
                    .warning(
                            MaskPngFormat.TITLE,
                            merged[0] + " objects become one with another of their label");
        }
    }

    /// How many objects have the label of another one in the image.
    private static long writeMap(
            DatasetExport data,
            AnnotatedImage image,
            ExportedImage placed,
            Map<String, Integer> numbers,
            int[] palette)
            throws ProblemException {
        Size size = image.image().size();
        byte[] map = new byte[Math.toIntExact(size.pixelCount())];
        long merged = 0;
        boolean[] overlap = {false};
        var seen = new HashSet<String>();
        for (var object : image.objects()) {
            byte number = (byte) (int) Objects.requireNonNull(numbers.get(object.label()));
            Mask.fromRegion(object.region(), size)
                    .forEachRun((y, from, to) -> {
                        for (int at = y * size.width() + from; at < y * size.width() + to; at++) {
                            overlap[0] |= map[at] != 0 && map[at] != number;
                            map[at] = number;
                        }
                    });
            merged += seen.add(object.label()) ? 0 : 1;
        }
        if (overlap[0]) {
            data.findings()
                    .warning(placed.fileName(), "objects overlap; a pixel has the uppermost's");
        }
        try (var out = data.openFile(MaskPngFormat.MASKS + "/" + placed.stem() + ".png")) {
            SampleImage.writeIndexed(
                    size, (x, y) -> map[y * size.width() + x] & 0xFF, palette, out);
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
        data.countExample();
        return merged;
    }

    private static void writeClasses(
            DatasetExport data, List<Label> labels, Map<String, String> folders)
            throws ProblemException {
        var text = new StringBuilder(MaskPngFormat.BACKGROUND).append('\n');
        labels.forEach(label -> text.append(label.name()).append('\n'));
        try (var out = data.openFile("classes.txt")) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
        try (var json = data.openJson("classes.json")) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            int number = 0;
            for (var label : labels) {
                json.writeStartObject();
                json.writeNumberField("id", ++number);
                json.writeStringField("name", label.name());
                json.writeStringField("color", "#%06x".formatted(label.rgb()));
                json.writeStringField("folder", folders.get(label.name()));
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }
}
