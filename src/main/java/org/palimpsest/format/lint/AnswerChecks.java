package org.palimpsest.format.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.palimpsest.format.jsonl.JsonlExample;
import org.palimpsest.format.jsonl.JsonlRule;
import org.palimpsest.paligemma.prompt.Labels;
import org.palimpsest.paligemma.prompt.OutputParser;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.SegmentedObject;
import org.palimpsest.paligemma.prompt.Task;

/// Checks answers that list objects: tokens, boxes, masks and labels.
final class AnswerChecks {
    private static final Pattern LOCATION = Pattern.compile("<loc([0-9]{1,9})>");
    private static final Pattern BOX =
            Pattern.compile("<loc([0-9]{4})><loc([0-9]{4})><loc([0-9]{4})><loc([0-9]{4})>");
    private static final Pattern MASK = Pattern.compile("(?:<seg[0-9]{1,9}>)+");
    private static final Pattern CODE = Pattern.compile("<seg([0-9]{1,9})>");

    /// What supervision reads as a label (supervision/detection/vlm.py as of 7f7b25d: `[\w\s\-]+`).
    private static final Pattern SUPERVISION_LABEL =
            Pattern.compile("[\\w\\s\\-]+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final int MAX_LABELS = 10_000;
    private static final int MAX_LABEL_LENGTH = 200;

    private final RuleFindings findings;
    private final Map<String, String> spellings = new HashMap<>();
    private final Set<String> saidLabels = new HashSet<>();

    AnswerChecks(RuleFindings findings) {
        this.findings = findings;
    }

    void check(String place, JsonlExample example) {
        var task = Task.parse(example.prefix());
        task.labels().forEach(label -> checkLabel(place, label));
        boolean asksForObjects = task instanceof Task.Detect || task instanceof Task.Segment;
        String answer = example.suffix();
        if (answer.isEmpty() || !(asksForObjects || answer.startsWith("<loc"))) {
            return;
        }
        boolean wrong = checkLocations(place, answer);
        wrong |= checkBoxes(place, answer);
        wrong |= checkMasks(place, answer);
        var output = OutputParser.parse(task, answer);
        if (output instanceof ParsedOutput.Malformed malformed && !wrong) {
            findings.add(
                    JsonlRule.MALFORMED_ANSWER,
                    place,
                    malformed.reason() + ", at character " + malformed.position());
        }
        if (asksForObjects) {
            for (var name : names(output.wellFormed())) {
                checkLabel(place, name);
                if (!task.labels().contains(name)) {
                    findings.add(
                            JsonlRule.LABEL_NOT_ASKED,
                            place,
                            "the answer names '" + name + "', the prompt does not");
                }
            }
        }
    }

    private static List<String> names(ParsedOutput output) {
        return switch (output) {
            case ParsedOutput.DetectedObjects(var objects) ->
                    objects.stream().map(one -> one.name()).distinct().toList();
            case ParsedOutput.SegmentedObjects(var objects) ->
                    objects.stream().map(one -> one.name()).distinct().toList();
            case ParsedOutput.GeneratedText _, ParsedOutput.Malformed _ -> List.of();
        };
    }

    private boolean checkLocations(String place, String answer) {
        for (var token : LOCATION.matcher(answer).results().toList()) {
            if (token.group(1).length() != 4 || Integer.parseInt(token.group(1)) > 1023) {
                findings.add(
                        JsonlRule.LOCATION_RANGE,
                        place,
                        token.group()
                                + " is no location token; they run from <loc0000> to <loc1023>");
                return true;
            }
        }
        return false;
    }

    private boolean checkBoxes(String place, String answer) {
        boolean wrong = false;
        for (var box : BOX.matcher(answer).results().toList()) {
            var bins = new ArrayList<Integer>();
            for (int i = 1; i <= 4; i++) {
                bins.add(Integer.parseInt(box.group(i)));
            }
            int height = bins.get(2) - bins.get(0);
            int width = bins.get(3) - bins.get(1);
            if (height <= 0 || width <= 0) {
                wrong = true;
                findings.add(
                        JsonlRule.DEGENERATE_BOX,
                        place,
                        box.group() + " has no area, or its corners are swapped");
            } else if (height == 1 || width == 1) {
                findings.add(
                        JsonlRule.THIN_BOX,
                        place,
                        box.group() + " is as thin as a token can tell, perhaps cut off");
            }
        }
        return wrong;
    }

    private boolean checkMasks(String place, String answer) {
        boolean wrong = false;
        for (var mask : MASK.matcher(answer).results().toList()) {
            var codes = CODE.matcher(mask.group()).results().map(code -> code.group(1)).toList();
            boolean known =
                    codes.stream()
                            .allMatch(code ->
                                    code.length() == 3
                                            && Integer.parseInt(code)
                                                    < SegmentedObject.CODE_BOOK_SIZE);
            if (codes.size() != SegmentedObject.CODES_PER_MASK || !known) {
                wrong = true;
                findings.add(
                        JsonlRule.MASK_TOKENS,
                        place,
                        known
                                ? "a mask of " + codes.size() + " tokens instead of 16"
                                : "a mask with tokens beyond <seg127>");
            }
        }
        return wrong;
    }

    /// Each label once.
    private void checkLabel(String place, String label) {
        if (label.isEmpty()
                || label.length() > MAX_LABEL_LENGTH
                || saidLabels.size() >= MAX_LABELS
                || !saidLabels.add(label)) {
            return;
        }
        Labels.reasonToWarn(label)
                .ifPresent(_ ->
                        findings.add(
                                JsonlRule.LABEL_SYNTAX,
                                place,
                                "supervision reads the label '"
                                        + label
                                        + "' as '"
                                        + supervisionReads(label)
                                        + "'"));
        String lower = label.toLowerCase(Locale.ROOT);
        String known = spellings.putIfAbsent(lower, label);
        if (known != null) {
            findings.add(
                    JsonlRule.LABEL_CASE,
                    place,
                    "'" + label + "' and '" + known + "' differ in capital letters only");
        }
    }

    private static String supervisionReads(String label) {
        var word = SUPERVISION_LABEL.matcher(label);
        return word.lookingAt() ? word.group().strip() : "";
    }
}
