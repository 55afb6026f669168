package org.palimpsest.paligemma.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.palimpsest.paligemma.prompt.ParsedOutput.DetectedObjects;
import org.palimpsest.paligemma.prompt.ParsedOutput.GeneratedText;
import org.palimpsest.paligemma.prompt.ParsedOutput.Malformed;
import org.palimpsest.paligemma.prompt.ParsedOutput.SegmentedObjects;

/// Compares the parser with three public readers over 81 answers, regular and odd ones: big_vision's evaluator, the parser of
/// the Hugging Face demonstration, and supervision.
///
/// What any of them reads, ours reads: the same boxes, and the same mask codes. Where it does not, the case is listed with the
/// reason.
class OtherReadersTest {
    private static final String NO_SUCH_TOKEN = "the vocabulary has no such token";
    private static final String NO_AREA = "the box has no area or its corners are out of order";
    private static final String TOO_FEW_CODES = "the mask is broken off, so the object is damaged";
    private static final String TOO_MANY_CODES = "nobody can say which 16 of the codes are meant";
    private static final String ANGLE_BRACKET = "the rest of a damaged token is no label";

    /// The places in the file of the answers that ours calls malformed.
    private static final Map<Integer, String> REFUSED =
            Map.ofEntries(
                    Map.entry(29, NO_SUCH_TOKEN),
                    Map.entry(30, NO_AREA),
                    Map.entry(31, NO_AREA),
                    Map.entry(32, NO_AREA),
                    Map.entry(33, NO_AREA),
                    Map.entry(44, NO_SUCH_TOKEN),
                    Map.entry(45, NO_SUCH_TOKEN),
                    Map.entry(46, TOO_FEW_CODES),
                    Map.entry(47, TOO_MANY_CODES),
                    Map.entry(51, TOO_FEW_CODES),
                    Map.entry(52, TOO_MANY_CODES),
                    Map.entry(60, ANGLE_BRACKET),
                    Map.entry(61, ANGLE_BRACKET),
                    Map.entry(66, TOO_FEW_CODES));

    private static List<JsonNode> cases() throws IOException {
        var cases =
                new ObjectMapper()
                        .readTree(
                                Path.of(
                                                "src/test/resources/reference/metrics",
                                                "paligemma-text/cases.json")
                                        .toFile())
                        .path("cases")
                        .valueStream()
                        .toList();
        assertThat(cases).hasSize(81);
        return cases;
    }

    @Test
    void whatBigVisionTakesForAnAnswerIsReadAsIt() throws IOException {
        int valid = 0;
        var cases = cases();
        for (int i = 0; i < cases.size(); i++) {
            var theirs = cases.get(i).path("big_vision_segmentation");
            if (!theirs.path("valid").booleanValue() || REFUSED.containsKey(i)) {
                continue;
            }
            valid++;
            var first = masks(cases.get(i).path("text").textValue()).getFirst();
            var box = first.box();
            assertThat(
                            List.of(
                                    box.yMinFraction(),
                                    box.xMinFraction(),
                                    box.yMaxFraction(),
                                    box.xMaxFraction()))
                    .isEqualTo(
                            theirs.path("box_y1x1y2x2")
                                    .valueStream()
                                    .map(JsonNode::doubleValue)
                                    .toList());
            assertThat(first.maskCodes()).isEqualTo(codes(theirs.path("mask_codes")));
        }
        assertThat(valid).isEqualTo(3);
    }

    @Test
    void whatTheOthersReadIsReadHereButForTheCasesWithAReason() throws IOException {
        var missing = new TreeSet<Integer>();
        var cases = cases();
        for (int i = 0; i < cases.size(); i++) {
            var item = cases.get(i);
            if (!hasAll(item, "hf_space", 0.5 + 1e-9) || !hasAll(item, "supervision", 1e-9)) {
                missing.add(i);
            }
        }
        assertThat(missing).isEqualTo(new TreeSet<>(REFUSED.keySet()));
        for (int place : REFUSED.keySet()) {
            var text = cases.get(place).path("text").textValue();
            assertThat(OutputParser.parse(Task.parse("segment thing"), text))
                    .as(REFUSED.get(place))
                    .isInstanceOf(Malformed.class);
        }
    }

    /// @param tolerance the demonstration rounds to whole pixels
    private static boolean hasAll(JsonNode item, String reader, double tolerance) {
        var text = item.path("text").textValue();
        for (var theirs : item.path(reader)) {
            var place = theirs.path("xyxy_pixels");
            if (place.isMissingNode()) {
                continue; // left-over text
            }
            boolean masked = theirs.path("mask_codes").isArray();
            boolean found =
                    masked
                            ? masks(text).stream()
                                    .anyMatch(ours ->
                                            isAt(ours.box(), place, tolerance)
                                                    && ours.maskCodes()
                                                            .equals(
                                                                    codes(
                                                                            theirs.path(
                                                                                    "mask_codes"))))
                            : boxes(text).stream().anyMatch(box -> isAt(box, place, tolerance));
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /// Both of them divide by 1024 and not by 1023 as big_vision does.
    private static boolean isAt(NormalizedBox box, JsonNode xyxy, double tolerance) {
        double[] ours = {
            box.xMin() * 640 / 1024.0,
            box.yMin() * 480 / 1024.0,
            box.xMax() * 640 / 1024.0,
            box.yMax() * 480 / 1024.0
        };
        for (int i = 0; i < ours.length; i++) {
            if (Math.abs(ours[i] - xyxy.get(i).doubleValue()) > tolerance) {
                return false;
            }
        }
        return true;
    }

    private static List<NormalizedBox> boxes(String text) {
        var boxes = new ArrayList<NormalizedBox>();
        for (var prompt : List.of("detect thing", "segment thing")) {
            switch (OutputParser.parse(Task.parse(prompt), text).wellFormed()) {
                case DetectedObjects(var objects) ->
                        objects.forEach(object -> boxes.add(object.box()));
                case SegmentedObjects(var objects) ->
                        objects.forEach(object -> boxes.add(object.box()));
                case GeneratedText _, Malformed _ -> {}
            }
        }
        return boxes;
    }

    private static List<SegmentedObject> masks(String text) {
        return OutputParser.parse(Task.parse("segment thing"), text).wellFormed()
                        instanceof SegmentedObjects(var objects)
                ? objects
                : List.of();
    }

    private static List<Integer> codes(JsonNode array) {
        return array.valueStream().map(JsonNode::intValue).toList();
    }
}
