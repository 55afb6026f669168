package org.palimpsest.paligemma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.EdgeRanges;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.TokenListener;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

/// What an answer says of itself beside its text, of the bundled model.
class AnswerDetailTest {
    private static final String PROMPT = "detect circle ; triangle ; cross ; star ; square ; heart";
    private static final int BINS = 1024;

    private static OnnxRuntime runtime;
    private static PaliGemma model;

    @BeforeAll
    static void open() throws ProblemException {
        runtime = OnnxRuntime.start();
        model =
                PaliGemma.open(
                        Path.of("assets/model"),
                        runtime,
                        new Device.Cpu(1),
                        OpenOptions.standard(),
                        Progress.NONE);
    }

    @AfterAll
    static void close() {
        model.close();
        runtime.close();
    }

    private static Picture scene(int number) throws ProblemException {
        return ImageFiles.read(Path.of("assets/samples/scene-%02d.png".formatted(number)));
    }

    @Test
    void theRangeOfEachEdgeIsThatOfTheDistributionOverLocationBins() throws ProblemException {
        int objects = 0;
        for (int scene = 1; scene <= 4; scene++) {
            var trace = new AnswerTrace();
            var picture = scene(scene);
            var answer =
                    model.answer(
                            Question.of(picture, PROMPT),
                            GenerationOptions.standard(),
                            TokenListener.NONE,
                            Optional.of(trace),
                            Progress.NONE);
            var expected = new ArrayList<double[]>();
            int first = model.tokenizer().locToken(0);
            int[] ids = answer.generation().tokenIds();
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] >= first && ids[i] < first + BINS) {
                    expected.add(quantiles(trace.stepLogits().get(i), first));
                }
            }
            for (int i = 0; i < answer.objects().size(); i++) {
                var edges = answer.objects().get(i).edges().orElseThrow();
                check(edges.top(), expected.get(4 * i), picture.height());
                check(edges.left(), expected.get(4 * i + 1), picture.width());
                check(edges.bottom(), expected.get(4 * i + 2), picture.height());
                check(edges.right(), expected.get(4 * i + 3), picture.width());
                var box = answer.objects().get(i).box();
                assertThat(edges.left().likeliest()).isEqualTo(box.xMin());
                assertThat(edges.bottom().likeliest()).isEqualTo(box.yMax());
                objects++;
            }
        }
        assertThat(objects).isGreaterThan(4);
    }

    /// 10 %, most probable, 90 %, by the definition.
    private static double[] quantiles(float[] logits, int first) {
        double total = 0;
        for (int i = 0; i < BINS; i++) {
            total += Math.exp(logits[first + i]);
        }
        var found = new double[] {-1, 0, -1};
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            sum += Math.exp(logits[first + i]) / total;
            if (found[0] < 0 && sum >= 0.1) {
                found[0] = i;
            }
            if (found[2] < 0 && sum >= 0.9) {
                found[2] = i;
            }
            if (logits[first + i] > logits[first + (int) found[1]]) {
                found[1] = i;
            }
        }
        return found;
    }

    private static void check(EdgeRanges.Range range, double[] bins, int side) {
        assertThat(range.low()).isCloseTo(bins[0] / 1023 * side, within(1e-9));
        assertThat(range.likeliest()).isCloseTo(bins[1] / 1023 * side, within(1e-9));
        assertThat(range.high()).isCloseTo(bins[2] / 1023 * side, within(1e-9));
    }

    @Test
    void objectsOfTheUnfinishedTextAreThoseOfTheFinishedOne() throws ProblemException {
        int most = 0;
        for (int scene = 1; scene <= 8; scene++) {
            var prompt = scene % 2 == 0 ? PROMPT.replace("detect", "segment") : PROMPT;
            var question = Question.of(scene(scene), prompt);
            var arrived = new ArrayList<List<PlacedLabel>>();
            var answer =
                    model.answer(
                            question,
                            GenerationOptions.standard(),
                            (_, text, _) -> arrived.add(model.complete(question, text)),
                            Optional.empty(),
                            Progress.NONE);
            var all =
                    answer.objects().stream()
                            .map(object -> new PlacedLabel(object.label(), object.box()))
                            .toList();
            assertThat(arrived)
                    .allSatisfy(some -> assertThat(all.subList(0, some.size())).isEqualTo(some));
            for (int count = 0; count < all.size(); count++) {
                assertThat(arrived).contains(all.subList(0, count));
            }
            most = Math.max(most, all.size());
        }
        assertThat(most).isGreaterThan(1);
    }

    @Test
    void anAnswerThatIsReadAgainFindsTheSameObjects() throws ProblemException {
        var question = Question.of(scene(1), "segment triangle");
        var answer =
                model.answer(
                        question,
                        GenerationOptions.standard(),
                        TokenListener.NONE,
                        Optional.empty(),
                        Progress.NONE);
        var again = model.read(question, answer.generation().text());
        assertThat(again.output()).isEqualTo(answer.output());
        assertThat(again.objects()).hasSameSizeAs(answer.objects());
        assertThat(again.objects().getFirst().mask()).isEqualTo(answer.objects().getFirst().mask());
        assertThat(again.objects().getFirst().box()).isEqualTo(answer.objects().getFirst().box());
    }
}
