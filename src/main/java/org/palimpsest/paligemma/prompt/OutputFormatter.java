package org.palimpsest.paligemma.prompt;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes objects the way PaliGemma answers: the inverse of [OutputParser].
///
/// One object is four location tokens (y1 x1 y2 x2), sixteen segmentation tokens if it has a mask,
/// a blank and its label; objects are joined by ` ; `. The token widths are big_vision's
/// (`<loc%04d>`, `<seg%03d>`).
public final class OutputFormatter {
    private OutputFormatter() {}

    /// The text of an output; the text as it was for a malformed one.
    public static String format(ParsedOutput output) {
        return switch (output) {
            case ParsedOutput.GeneratedText(String text) -> text;
            case ParsedOutput.DetectedObjects(var objects) -> detections(objects);
            case ParsedOutput.SegmentedObjects(var objects) -> segmentations(objects);
            case ParsedOutput.Malformed malformed -> malformed.text();
        };
    }

    /// The objects as an answer to `detect`; the empty text for none.
    public static String detections(Collection<DetectedObject> objects) {
        return objects.stream()
                .map(object -> box(object.box()) + label(object.name()))
                .collect(Collectors.joining(Task.SEPARATOR));
    }

    /// The objects as an answer to `segment`; the empty text for none.
    public static String segmentations(Collection<SegmentedObject> objects) {
        return objects.stream()
                .map(object ->
                        box(object.box()) + maskCodes(object.maskCodes()) + label(object.name()))
                .collect(Collectors.joining(Task.SEPARATOR));
    }

    /// Four location tokens.
    public static String box(NormalizedBox box) {
        return location(box.yMin())
                + location(box.xMin())
                + location(box.yMax())
                + location(box.xMax());
    }

    /// Segmentation tokens, one per code.
    public static String maskCodes(Collection<Integer> codes) {
        return codes.stream().map(OutputFormatter::code).collect(Collectors.joining());
    }

    /// The location token of a bin, such as `<loc0012>`.
    public static String location(int bin) {
        if (bin < 0 || bin > NormalizedBox.SCALE) {
            throw new IllegalArgumentException("No location bin: " + bin);
        }
        return String.format(Locale.ROOT, "<loc%04d>", bin);
    }

    /// The segmentation token of a code, such as `<seg007>`.
    public static String code(int code) {
        if (code < 0 || code >= SegmentedObject.CODE_BOOK_SIZE) {
            throw new IllegalArgumentException("No mask code: " + code);
        }
        return String.format(Locale.ROOT, "<seg%03d>", code);
    }

    private static String label(String name) {
        return name.isEmpty() ? "" : " " + name;
    }
}
