package org.palimpsest.format.jsonl;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.Frame;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

/// An image while its lines come in. Masks are drawn when it is handed over, so what waits is small.
final class ImageDraft {
    /// About what an object without its label takes, in characters.
    private static final int OBJECT_SIZE = 200;

    /// More objects than any image has.
    private static final int MAX_OBJECTS = 20_000;

    private record HeldObject(
            LineObject object, Provenance provenance, Map<String, String> attributes) {}

    private final ImageEntry entry;
    private final DatasetImport data;
    private final List<HeldObject> objects = new ArrayList<>();
    private final Map<LineObject.Identity, List<Integer>> places = new HashMap<>();
    private final List<TextAnnotation> texts = new ArrayList<>();
    private long size;

    ImageDraft(ImageEntry entry, DatasetImport data) {
        this.entry = entry;
        this.data = data;
    }

    ImageEntry entry() {
        return entry;
    }

    /// How much is held, in characters.
    long size() {
        return size;
    }

    void add(TextAnnotation text) {
        texts.add(text);
        size += OBJECT_SIZE + text.prompt().length() + text.text().length();
        size += sizeOf(text.attributes());
    }

    private static long sizeOf(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
    }

    /// Takes the objects of a line; those that another line has named already come together with it. Two objects of one
    /// line stay two.
    ///
    /// @return false where the image would have too many objects; then none is taken
    boolean add(List<LineObject> line, Provenance provenance, Map<String, String> attributes) {
        if (objects.size() + line.size() > MAX_OBJECTS) {
            return false;
        }
        var named = new BitSet();
        int before = objects.size();
        for (var object : line) {
            var alike = places.computeIfAbsent(object.identity(), _ -> new ArrayList<>());
            var known =
                    alike.stream()
                            .filter(i -> i < before && !named.get(i))
                            .filter(i -> objects.get(i).object().hasSameMask(object))
                            .findFirst();
            if (known.isPresent()) {
                int place = known.get();
                named.set(place);
                objects.set(place, merged(objects.get(place), object, attributes));
            } else {
                alike.add(objects.size());
                objects.add(new HeldObject(object, provenance, attributes));
                size += OBJECT_SIZE + object.label().length() + sizeOf(attributes);
            }
        }
        return true;
    }

    private static HeldObject merged(
            HeldObject known, LineObject again, Map<String, String> attributes) {
        var all = new TreeMap<>(attributes);
        all.putAll(known.attributes());
        return new HeldObject(
                again.codes().isEmpty() ? known.object() : again, known.provenance(), all);
    }

    /// Everything that the lines say: objects first, then texts.
    ///
    /// @param handedOver hashes of the images and objects that were handed over; what is in it is left out
    List<Annotation> annotations(LongSet handedOver) throws ProblemException {
        var all = new ArrayList<Annotation>();
        String image = entry.id().toString();
        boolean again = !handedOver.add(LongSet.hash(image));
        for (var held : objects) {
            long hash = LongSet.hash(image, held.object().label(), held.object().bins().toString());
            if (handedOver.add(hash) || !again) {
                all.add(
                        ObjectAnnotation.of(
                                        held.object().label(),
                                        region(held.object()),
                                        held.provenance())
                                .withAttributes(held.attributes()));
            } else if (!held.object().codes().isEmpty()) {
                data.findings()
                        .error(
                                entry.file().toString(),
                                "the mask of a "
                                        + held.object().label()
                                        + " stands too far from the line with its box");
            }
        }
        all.addAll(texts);
        return all;
    }

    private Region region(LineObject object) throws ProblemException {
        var frame = Frame.of(entry, Optional.empty(), data.options().frame().orElse(Frame.STORED));
        Size pixels = frame.size(entry);
        Region region = object.box(pixels);
        if (!object.codes().isEmpty() && data.options().masks().isPresent()) {
            Mask mask = data.options().masks().get().decode(object.codes(), object.bins(), pixels);
            if (mask.isEmpty()) {
                data.findings()
                        .warning(
                                entry.file().toString(),
                                "the mask of a " + object.label() + " is empty, its box is kept");
            } else {
                region = mask;
            }
        }
        return frame.upright(entry, region);
    }
}
