package org.palimpsest.paligemma.prompt;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.paligemma.prompt.ParsedOutput.DetectedObjects;
import org.palimpsest.paligemma.prompt.ParsedOutput.GeneratedText;
import org.palimpsest.paligemma.prompt.ParsedOutput.Malformed;
import org.palimpsest.paligemma.prompt.ParsedOutput.SegmentedObjects;

/// Reads what PaliGemma answered. Total: every string gives an output, none an exception.
///
/// Accepted beyond the strict form, because public examples and fine-tuned models write so: blanks
/// between tokens and around `;`, none around `;`, a line break in place of `;` or no separator at
/// all, the prompt repeated in front, a literal `<bos>`, `<eos>` or `<pad>`, and an object without
/// a label where the prompt has only one. An answer of no objects is the empty text.
///
/// Thread-safe: has no state.
public final class OutputParser {
    /// Longest free prompt that may name an object, as in RefCOCO (`left person in red`).
    private static final int LONGEST_REFERRING_PROMPT = 100;

    private OutputParser() {}

    /// What the answer to this task says.
    public static ParsedOutput parse(Task task, String text) {
        return read(task, text).output();
    }

    /// What the answer says, and where in the text each object stands.
    public static AnswerReading read(Task task, String text) {
        return switch (task) {
            case Task.Detect _, Task.Segment _ -> readObjects(task, text);
            case Task.FreeForm _ ->
                    beginsWithLocation(text) ? readObjects(task, text) : textOnly(text);
            case Task.ShortCaption _,
                    Task.Caption _,
                    Task.Describe _,
                    Task.ReadText _,
                    Task.Answer _,
                    Task.Ask _ -> {
                // "Where is …?" may be answered by a box, and text recognition by boxes with words.
                var reading = beginsWithLocation(text) ? readObjects(task, text) : textOnly(text);
                yield reading.output() instanceof Malformed ? textOnly(text) : reading;
            }
        };
    }

    private static AnswerReading textOnly(String text) {
        return new AnswerReading(new GeneratedText(text), List.of());
    }

    private static boolean beginsWithLocation(String text) {
        var scanner = new AnswerScanner(text);
        scanner.skipBlanks();
        return scanner.atLocation();
    }

    private static AnswerReading readObjects(Task task, String text) {
        var scanner = new AnswerScanner(text);
        scanner.skipRepeatedPrompt(task.prompt());
        var entries = new ArrayList<Entry>();
        Fault firstFault = null;
        scanner.skipSeparators();
        while (!scanner.atEnd()) {
            switch (readEntry(scanner, task)) {
                case Entry entry -> entries.add(entry);
                case Fault fault -> firstFault = firstFault == null ? fault : firstFault;
            }
            scanner.skipSeparators();
        }
        boolean anyMask = entries.stream().anyMatch(entry -> !entry.codes().isEmpty());
        boolean allMasks = entries.stream().noneMatch(entry -> entry.codes().isEmpty());
        if (firstFault == null && anyMask && !allMasks) {
            firstFault = new Fault("some objects have a mask and some have none", 0);
        }
        ParsedOutput objects =
                task instanceof Task.Segment || (anyMask && allMasks)
                        ? new SegmentedObjects(entries.stream().map(Entry::segmented).toList())
                        : new DetectedObjects(entries.stream().map(Entry::detected).toList());
        var places = entries.stream().map(Entry::place).toList();
        return new AnswerReading(
                firstFault == null
                        ? objects
                        : new Malformed(text, firstFault.reason(), firstFault.position(), objects),
                places);
    }

    /// Reads one object and the label behind it; always moves on.
    private static Outcome readEntry(AnswerScanner scanner, Task task) {
        int start = scanner.position();
        var bins = scanner.takeLocations(4);
        var codes = scanner.takeCodes();
        int labelStart = scanner.position();
        String label = scanner.takeLabel();
        if (bins.size() != 4) {
            return new Fault("4 location tokens expected, " + bins.size() + " found", start);
        }
        boolean masksWanted = task instanceof Task.Segment;
        if (codes.size() != SegmentedObject.CODES_PER_MASK && (masksWanted || !codes.isEmpty())) {
            return new Fault("16 segmentation tokens expected, " + codes.size() + " found", start);
        }
        int yMin = bins.get(0);
        int xMin = bins.get(1);
        int yMax = bins.get(2);
        int xMax = bins.get(3);
        if (yMin >= yMax || xMin >= xMax) {
            String bounds = "y %d to %d, x %d to %d".formatted(yMin, yMax, xMin, xMax);
            return new Fault("the box is empty or its corners are swapped: " + bounds, start);
        }
        String name = label.isEmpty() ? nameFromPrompt(task) : label;
        if (name.isEmpty() && task.labels().size() > 1) {
            return new Fault("no label, and the prompt names several", start);
        }
        var refusal = name.isEmpty() ? null : Labels.reasonToRefuse(name).orElse(null);
        if (refusal != null) {
            return new Fault(refusal, labelStart);
        }
        var place = new AnswerReading.Place(start, scanner.position());
        return new Entry(name, new NormalizedBox(yMin, xMin, yMax, xMax), codes, place);
    }

    private static String nameFromPrompt(Task task) {
        if (task.labels().size() == 1) {
            return task.labels().getFirst();
        }
        return task instanceof Task.FreeForm(String text)
                        && text.length() <= LONGEST_REFERRING_PROMPT
                        && Labels.isUsable(text)
                ? text
                : "";
    }

    private sealed interface Outcome {}

    private record Fault(String reason, int position) implements Outcome {}

    private record Entry(
            String name, NormalizedBox box, List<Integer> codes, AnswerReading.Place place)
            implements Outcome {
        DetectedObject detected() {
            return new DetectedObject(name, box);
        }

        SegmentedObject segmented() {
            return new SegmentedObject(name, box, codes);
        }
    }
}
