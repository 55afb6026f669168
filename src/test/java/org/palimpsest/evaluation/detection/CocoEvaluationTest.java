package org.palimpsest.evaluation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.evaluation.ReferenceFiles;
import org.palimpsest.evaluation.statistics.Bootstrap;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;

class CocoEvaluationTest {
    private static final Box PLACE = new Box(0, 0, 10, 10);

    @ParameterizedTest
    @CsvSource({
        "set1,bbox,BOXES",
        "set1,segm,MASKS",
        "set2,bbox,BOXES",
        "set2,segm,MASKS",
        "set3,bbox,BOXES",
        "set3,segm,MASKS"
    })
    void numbersAreThoseOfPycocotools(String set, String name, OverlapKind kind)
            throws IOException {
        var metrics =
                CocoFiles.evaluate(
                                kind,
                                ReferenceFiles.json("coco-detection/" + set + "/gt.json"),
                                ReferenceFiles.json(
                                        "coco-detection/" + set + "/dt_" + name + ".json"))
                        .metrics();
        var expected = ReferenceFiles.json("coco-detection/" + set + "/expected.json").path(name);

        var numbers = named(metrics.overall());
        assertThat(numbers).hasSize(12);
        compare(numbers, expected.path("stats"));
        assertThat(expected.path("per_class").properties()).isNotEmpty();
        for (var label : expected.path("per_class").properties()) {
            var ours = metrics.byLabel().get(label.getKey());
            var values =
                    ours == null
                            ? new TreeMap<String, Double>()
                            : new TreeMap<>(named(ours.summary()));
            for (var value : label.getValue().properties()) {
                if (value.getValue().isNumber()) {
                    assertThat(values.getOrDefault(value.getKey(), -1.0))
                            .as(label.getKey() + " " + value.getKey())
                            .isCloseTo(value.getValue().doubleValue(), within(1e-9));
                }
            }
            var perIou = label.getValue().path("AP_per_iou");
            for (int i = 0; i < perIou.size(); i++) {
                double ap =
                        ours == null || ours.curves().isEmpty()
                                ? -1
                                : ours.curves().get(i).averagePrecision();
                assertThat(ap).isCloseTo(perIou.get(i).doubleValue(), within(1e-9));
            }
        }
    }

    private static void compare(Map<String, Double> numbers, JsonNode expected) {
        assertThat(expected.size()).isEqualTo(numbers.size());
        numbers.forEach((name, value) ->
                assertThat(value)
                        .as(name)
                        .isCloseTo(expected.path(name).doubleValue(), within(1e-9)));
    }

    /// COCO's names and its -1 for "nothing to be found".
    private static Map<String, Double> named(DetectionSummary summary) {
        var names = new TreeMap<String, Double>();
        for (var component : DetectionSummary.class.getRecordComponents()) {
            try {
                var value = (OptionalDouble) component.getAccessor().invoke(summary);
                names.put(cocoName(component.getName()), value.orElse(-1));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return names;
    }

    private static String cocoName(String name) {
        return name.replace("ap", "AP")
                .replaceFirst("^ar", "AR")
                .replaceFirst("AR(\\d)", "AR_$1")
                .replace("Small", "_small")
                .replace("Medium", "_medium")
                .replace("Large", "_large");
    }

    @Test
    void anObjectWithAnnotationIdZeroIsFoundUnlikeInThePublishedTool() throws IOException {
        var folder = "coco-detection/annotation-id-zero/";
        var evaluation =
                CocoFiles.evaluate(
                        OverlapKind.BOXES,
                        ReferenceFiles.json(folder + "gt.json"),
                        ReferenceFiles.json(folder + "dt_bbox.json"));
        assertThat(ReferenceFiles.json(folder + "expected.json").at("/bbox/stats/AP").doubleValue())
                .isZero();
        assertThat(evaluation.metrics().overall().ap()).hasValueCloseTo(1.0, within(1e-12));
    }

    @Test
    void aCurveHasThePrecisionAtEachRecall() {
        var evaluation = new CocoEvaluation(OverlapKind.BOXES);
        evaluation.add(
                1,
                List.of(
                        GroundTruth.of("cat", PLACE),
                        GroundTruth.of("cat", PLACE.translate(20, 0))),
                List.of(
                        new Detection("cat", PLACE, 0.9),
                        new Detection("cat", PLACE.translate(100, 0), 0.5)));
        var curve = evaluation.metrics().byLabel().get("cat").curves().getFirst();
        assertThat(curve.recall()).isEqualTo(0.5);
        assertThat(curve.precision().subList(0, 51)).allMatch(value -> Math.abs(value - 1) < 1e-9);
        assertThat(curve.precision().subList(51, 101)).containsOnly(0.0);
        assertThat(curve.scores().subList(0, 51)).containsOnly(0.9);
        assertThat(curve.averagePrecision()).isCloseTo(51 / 101.0, within(1e-12));
    }

    @Test
    void theMeanCurveHasTheMeanAveragePrecisionOfPycocotools() throws IOException {
        for (var set : List.of("set1", "set2", "set3")) {
            var folder = "coco-detection/" + set + "/";
            var metrics =
                    CocoFiles.evaluate(
                                    OverlapKind.BOXES,
                                    ReferenceFiles.json(folder + "gt.json"),
                                    ReferenceFiles.json(folder + "dt_bbox.json"))
                            .metrics();
            var stats = ReferenceFiles.json(folder + "expected.json").at("/bbox/stats");
            for (var place : Map.of(0, "AP50", 5, "AP75").entrySet()) {
                var mean =
                        PrecisionCurve.mean(
                                metrics.byLabel().values().stream()
                                        .filter(label -> !label.curves().isEmpty())
                                        .map(label -> label.curves().get(place.getKey()))
                                        .toList());
                assertThat(mean.averagePrecision())
                        .as(set + " " + place.getValue())
                        .isCloseTo(stats.path(place.getValue()).doubleValue(), within(1e-9));
                assertThat(mean.precision()).hasSize(101);
                for (int i = 1; i < 101; i++) {
                    assertThat(mean.precision().get(i))
                            .isLessThanOrEqualTo(mean.precision().get(i - 1) + 1e-12);
                }
            }
        }
    }

    @Test
    void detectionsInACrowdAreNeitherRightNorWrong() {
        var evaluation = new CocoEvaluation(OverlapKind.BOXES);
        var crowd = new GroundTruth("cat", new Box(100, 0, 200, 100), 10_000, true);
        evaluation.add(
                1,
                List.of(crowd, GroundTruth.of("cat", PLACE)),
                List.of(
                        new Detection("cat", new Box(110, 10, 120, 20), 0.9),
                        new Detection("cat", new Box(150, 10, 160, 20), 0.8),
                        new Detection("cat", PLACE, 0.7)));
        assertThat(evaluation.metrics().overall().ap()).hasValueCloseTo(1.0, within(1e-12));
    }

    @Test
    void anOverlapOfJustTheThresholdIsEnough() {
        var evaluation = new CocoEvaluation(OverlapKind.BOXES);
        evaluation.add(
                1,
                List.of(GroundTruth.of("cat", PLACE)),
                List.of(new Detection("cat", new Box(0, 0, 10, 5), 0.9)));
        assertThat(evaluation.metrics().overall().ap50()).hasValueCloseTo(1.0, within(1e-12));
        assertThat(evaluation.metrics().overall().ap75()).hasValue(0);
    }

    @Test
    void ofTwoObjectsThatOverlapAlikeTheLastIsTaken() {
        var evaluation = new CocoEvaluation(OverlapKind.BOXES);
        evaluation.add(
                1,
                List.of(
                        GroundTruth.of("cat", PLACE.translate(-2, 0)),
                        GroundTruth.of("cat", PLACE.translate(2, 0))),
                List.of(
                        new Detection("cat", PLACE, 0.9),
                        new Detection("cat", PLACE.translate(4, 0), 0.5)));
        assertThat(evaluation.metrics().byLabel().get("cat").curves().getFirst().recall())
                .as("nothing is left for the second detection")
                .isEqualTo(0.5);
    }

    @Test
    void aSetWithoutObjectsHasNoNumbers() {
        var evaluation = new CocoEvaluation(OverlapKind.BOXES);
        evaluation.add(1, List.of(), List.of(new Detection("cat", PLACE, 0.5)));
        var metrics = evaluation.metrics();
        assertThat(named(metrics.overall()).values()).containsOnly(-1.0);
        assertThat(metrics.byLabel().get("cat").curves()).isEmpty();
        assertThat(evaluation.averagePrecisionInterval(Bootstrap.USUAL, new Random(1))).isEmpty();
    }

    @Test
    void anImageCannotBeCountedTwiceAndMasksMustBeMasksOfOneSize() {
        var evaluation = new CocoEvaluation(OverlapKind.MASKS);
        evaluation.add(1, List.of(), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation.add(1, List.of(), List.of()))
                .withMessageContaining("1");
        var detections = List.of(new Detection("cat", PLACE, 0.5));
        var small = List.of(GroundTruth.of("cat", Mask.empty(new Size(2, 2))));
        assertThatIllegalArgumentException().isThrownBy(() -> evaluation.add(2, small, detections));
        var large = List.of(new Detection("cat", Mask.empty(new Size(3, 2)), 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> evaluation.add(3, small, large));
    }

    @Test
    void theIntervalOfTheAveragePrecisionHoldsItAndIsQuickToCompute() {
        var random = new Random(7);
        var evaluation = new CocoEvaluation(OverlapKind.BOXES);
        for (int image = 0; image < 500; image++) {
            var truth = new ArrayList<GroundTruth>();
            var detections = new ArrayList<Detection>();
            for (int i = 0; i < 6; i++) {
                var box = PLACE.translate(random.nextInt(500), random.nextInt(500));
                var label = "label " + random.nextInt(5);
                truth.add(GroundTruth.of(label, box));
                if (random.nextInt(3) > 0) {
                    var near = box.translate(random.nextDouble() * 4, 0);
                    detections.add(new Detection(label, near, random.nextDouble()));
                }
            }
            evaluation.add(image, truth, detections);
        }
        long start = System.nanoTime();
        var interval =
                evaluation.averagePrecisionInterval(Bootstrap.USUAL, new Random(1)).orElseThrow();
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L); // about 1 s
        assertThat(interval.value())
                .isCloseTo(evaluation.metrics().overall().ap().orElseThrow(), within(1e-12));
        assertThat(interval.low()).isBetween(interval.value() - 0.1, interval.value());
        assertThat(interval.high()).isBetween(interval.value(), interval.value() + 0.1);
        assertThat(interval)
                .isEqualTo(
                        evaluation
                                .averagePrecisionInterval(Bootstrap.USUAL, new Random(1))
                                .orElseThrow());
    }
}
