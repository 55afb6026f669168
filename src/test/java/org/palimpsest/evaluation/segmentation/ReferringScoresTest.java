package org.palimpsest.evaluation.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.palimpsest.evaluation.ReferenceFiles;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.paligemma.mask.MaskCodec;
import org.palimpsest.paligemma.prompt.OutputParser;
import org.palimpsest.paligemma.prompt.ParsedOutput.SegmentedObjects;
import org.palimpsest.paligemma.prompt.SegmentedObject;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

class ReferringScoresTest {
    /// big_vision looks at the first 20 tokens only and wants them to be of these kinds.
    private static final Pattern FIRST_TOKENS =
            Pattern.compile("(?s)(?:<loc\\d{4}>){4}(?:<seg\\d{3}>){16}.*");

    private static final Path FOLDER =
            Path.of("src/test/resources/org/palimpsest/evaluation/paligemma-segmentation");

    private static final Path DECODER =
            Path.of("src/test/resources/reference/maskvae/small/vae-oid.npz");

    @Test
    void scoresAreThoseOfBigVision() throws Exception {
        var reference = ReferenceFiles.json("paligemma-segmentation/cases.json");
        var sum = ReferringScores.NONE;
        try (var runtime = OnnxRuntime.start();
                var codec = MaskCodec.open(DECODER, runtime, new Device.Cpu(1))) {
            for (var item : reference.path("cases")) {
                var trueMask = mask(FOLDER.resolve(item.path("mask").textValue()));
                var scores =
                        ReferringScores.of(
                                answer(item, codec, trueMask.size()),
                                trueMask,
                                box(item.path("box_y1x1y2x2"), trueMask.size()));
                assertThat(scores.invalid())
                        .as(item.path("kind").textValue())
                        .isEqualTo(item.path("invalid").intValue());
                assertThat(scores.boxAccuracyAtHalf())
                        .isEqualTo(item.path("box_ok_0.5").doubleValue());
                assertThat(scores.boxAccuracyAtThreeQuarters())
                        .isEqualTo(item.path("box_ok_0.75").doubleValue());
                assertThat(scores.meanIou())
                        .isCloseTo(item.path("iou").doubleValue(), within(0.002));
                sum = sum.plus(scores);
            }
        }
        var expected = reference.path("expected");
        assertThat(sum.total()).isEqualTo(expected.path("total").intValue()).isEqualTo(30);
        assertThat(sum.invalid()).isEqualTo(expected.path("invalid").intValue());
        assertThat(sum.boxAccuracyAtHalf()).isEqualTo(expected.path("boxacc/0.5").doubleValue());
        assertThat(sum.boxAccuracyAtThreeQuarters())
                .isEqualTo(expected.path("boxacc/0.75").doubleValue());
        assertThat(sum.meanIou()).isCloseTo(expected.path("miou").doubleValue(), within(0.002));
    }

    private static Optional<ReferringAnswer> answer(JsonNode item, MaskCodec codec, Size image)
            throws ProblemException {
        var text = item.path("prediction").textValue();
        if (!FIRST_TOKENS.matcher(text).matches()) {
            return Optional.empty();
        }
        var output = OutputParser.parse(Task.parse("segment thing"), text).wellFormed();
        if (!(output instanceof SegmentedObjects(var objects)) || objects.isEmpty()) {
            return Optional.empty();
        }
        SegmentedObject first = objects.getFirst();
        var box = first.box();
        return Optional.of(
                new ReferringAnswer(
                        new Box(
                                box.xMinFraction() * image.width(),
                                box.yMinFraction() * image.height(),
                                box.xMaxFraction() * image.width(),
                                box.yMaxFraction() * image.height()),
                        codec.decode(first.maskCodes(), box, image)));
    }

    private static Box box(JsonNode fractions, Size image) {
        return new Box(
                fractions.get(1).doubleValue() * image.width(),
                fractions.get(0).doubleValue() * image.height(),
                fractions.get(3).doubleValue() * image.width(),
                fractions.get(2).doubleValue() * image.height());
    }

    private static Mask mask(Path file) throws ProblemException {
        var picture = ImageFiles.read(file);
        return Mask.of(picture.width(), picture.height(), (x, y) -> (picture.rgb(x, y) & 0xFF) > 0);
    }

    @Test
    void anInvalidAnswerIsAnEmptyBox() {
        var truth = Mask.of(10, 10, (x, y) -> x < 5 && y < 5);
        assertThat(ReferringScores.of(Optional.empty(), truth, truth.bounds()))
                .isEqualTo(new ReferringScores(1, 1, 0, 0, 0));
        assertThat(ReferringScores.NONE.meanIou()).isZero();
    }

    @Test
    void aBoxWithoutAWholePixelIsInvalidButKeepsItsPlace() {
        var truth = Mask.of(10, 10, (x, y) -> x == 3 && y == 3);
        var answer = new ReferringAnswer(new Box(3.1, 3.1, 3.9, 3.9), truth);
        assertThat(ReferringScores.of(Optional.of(answer), truth, new Box(3.1, 3.1, 3.9, 3.9)))
                .isEqualTo(new ReferringScores(1, 1, 0, 1, 1));
    }
}
