package org.palimpsest.format.jsonl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.paligemma.prompt.AnswerReading;
import org.palimpsest.paligemma.prompt.DetectedObject;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.SegmentedObject;

/// An object as one line names it.
///
/// @param bins as the parser read them
/// @param fractions y1, x1, y2, x2 as parts of the image, by the file's own scale
/// @param codes of the mask; empty where the line has none
record LineObject(String label, NormalizedBox bins, List<Double> fractions, List<Integer> codes) {
    private static final Pattern LOCATION = Pattern.compile("<loc([0-9]{4})>");

    /// The objects of an answer.
    ///
    /// @param text the answer as it stands in the file
    static List<LineObject> of(AnswerReading reading, String text, int scale) {
        var objects = new ArrayList<LineObject>();
        var places = reading.places();
        switch (reading.output()) {
            case ParsedOutput.DetectedObjects(var found) -> {
                for (int i = 0; i < found.size(); i++) {
                    DetectedObject one = found.get(i);
                    objects.add(
                            new LineObject(
                                    one.name(),
                                    one.box(),
                                    fractions(text, places.get(i), scale),
                                    List.of()));
                }
            }
            case ParsedOutput.SegmentedObjects(var found) -> {
                for (int i = 0; i < found.size(); i++) {
                    SegmentedObject one = found.get(i);
                    objects.add(
                            new LineObject(
                                    one.name(),
                                    one.box(),
                                    fractions(text, places.get(i), scale),
                                    one.maskCodes()));
                }
            }
            case ParsedOutput.GeneratedText _, ParsedOutput.Malformed _ -> {}
        }
        return objects;
    }

    private static List<Double> fractions(String text, AnswerReading.Place place, int scale) {
        return LOCATION.matcher(text)
                .region(place.start(), place.end())
                .results()
                .limit(4)
                .map(token -> Integer.parseInt(token.group(1)) / (double) scale)
                .toList();
    }

    Box box(Size image) {
        return new Box(
                fractions.get(1) * image.width(),
                fractions.get(0) * image.height(),
                fractions.get(3) * image.width(),
                fractions.get(2) * image.height());
    }

    /// What tells an object from others of its image, whichever line names it.
    record Identity(String label, NormalizedBox bins) {}

    Identity identity() {
        return new Identity(label, bins);
    }

    /// Whether the other has the same mask or one of both has none.
    boolean hasSameMask(LineObject other) {
        return codes.isEmpty() || other.codes.isEmpty() || codes.equals(other.codes);
    }
}
