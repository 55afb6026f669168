package org.palimpsest.format.jsonl;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.MaskDecoder;
import org.palimpsest.format.prompts.EncodedMask;
import org.palimpsest.problem.ProblemException;

/// How much of the exported masks survives as 16 codes: each is drawn from its codes again and compared with itself.
final class MaskQuality {
    static final String FILE = "masks.json";

    /// How many of the worst masks are listed.
    private static final int WORST = 20;

    /// Below this overlap a mask is worth a look.
    private static final double POOR = 0.7;

    /// @param iou intersection over union with what the codes draw, inside of the image
    record Entry(String image, String label, double iou) {}

    private static final Comparator<Entry> BY_IOU =
            Comparator.comparingDouble(Entry::iou)
                    .thenComparing(Entry::image)
                    .thenComparing(Entry::label);

    private final MaskDecoder decoder;
    private final PriorityQueue<Entry> worst = new PriorityQueue<>(BY_IOU.reversed());
    private long count;
    private double sum;

    MaskQuality(MaskDecoder decoder) {
        this.decoder = decoder;
    }

    void add(String image, List<EncodedMask> masks) throws ProblemException {
        for (var encoded : masks) {
            var drawn = decoder.decode(encoded.codes(), encoded.box(), encoded.mask().size());
            double iou = encoded.mask().iou(drawn);
            count++;
            sum += iou;
            worst.add(new Entry(image, encoded.object().label(), iou));
            if (worst.size() > WORST) {
                worst.poll();
            }
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /// The worst first.
    List<Entry> worst() {
        return worst.stream().sorted(BY_IOU).toList();
    }

    double mean() {
        return sum / count;
    }

    double min() {
        return worst().getFirst().iou();
    }

    long count() {
        return count;
    }

    /// Writes the numbers beside the examples, and findings of the masks that suffer most.
    void report(DatasetExport export) throws ProblemException {
        for (var entry : worst()) {
            if (entry.iou() < POOR) {
                export.findings()
                        .warning(
                                entry.image(),
                                String.format(
                                        Locale.ROOT,
                                        "the mask of a %s keeps an overlap (IoU) of %.2f only as 16 codes",
                                        entry.label(),
                                        entry.iou()));
            }
        }
        try (var json = export.openJson(FILE)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("masks", count);
            json.writeNumberField("mean_iou", mean());
            json.writeNumberField("min_iou", min());
            json.writeArrayFieldStart("worst");
            for (var entry : worst()) {
                json.writeStartObject();
                json.writeStringField("image", entry.image());
                json.writeStringField("label", entry.label());
                json.writeNumberField("iou", entry.iou());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw export.cannotWrite(e);
        }
    }
}
