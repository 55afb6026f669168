package org.palimpsest.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.evaluation.ConfusionMatrix;
import org.palimpsest.evaluation.detection.OverlapKind;
import org.palimpsest.format.scenes.SceneFolder;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.inference.ModelStamp;
import org.palimpsest.inference.PaliGemmaOpener;
import org.palimpsest.inference.Predictions;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.Question;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.EvaluationFigures;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.DeviceChoice;

/// Evaluating the bundled model on sample scenes.
class ModelEvaluatorTest {
    private static final Provenance IMPORTED = new Provenance.Imported("scenes", "truth.json");
    private static final int SCENES = 6;

    private static BundledModel bundled;
    private static PaliGemma model;

    @BeforeAll
    static void openModel() throws ProblemException {
        bundled = BundledModel.open();
        model = bundled.model();
    }

    @AfterAll
    static void closeModel() {
        bundled.close();
    }

    private static Dataset samples() throws ProblemException {
        return samples(SCENES);
    }

    private static Dataset samples(int count) throws ProblemException {
        var folder = SceneFolder.read(Installation.locate().samples());
        var images = new ArrayList<AnnotatedImage>();
        for (var scene : folder.scenes().subList(0, count)) {
            var annotations = new ArrayList<Annotation>();
            scene.objects()
                    .forEach(object ->
                            annotations.add(
                                    ObjectAnnotation.of(object.label(), object.mask(), IMPORTED)));
            scene.texts()
                    .forEach(text ->
                            annotations.add(
                                    TextAnnotation.of(text.prompt(), text.text(), IMPORTED)));
            images.add(
                    new AnnotatedImage(
                            new ImageEntry(ImageId.random(), scene.image(), scene.size()),
                            ImageDetails.NEW.withState(ImageState.DONE),
                            annotations));
        }
        return Dataset.of(LabelSet.ofNames(folder.labels()), images);
    }

    private static double value(EvaluationReport report, String task, String name) {
        return report.metrics().stream()
                .filter(metric -> metric.task().equals(task) && metric.name().equals(name))
                .mapToDouble(Metric::value)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theBundledModelKnowsMostOfItsScenes() throws ProblemException {
        var report =
                ModelEvaluator.evaluate(
                        samples(),
                        model,
                        new EvaluationOptions(EnumSet.allOf(EvaluationTask.class), 256, 4, 20, 0),
                        Progress.NONE);
        assertThat(report.images()).isEqualTo(SCENES);
        assertThat(value(report, "detect", "AP50")).isBetween(0.8, 1.0);
        assertThat(value(report, "detect", "F1@0.5")).isBetween(0.8, 1.0);
        assertThat(value(report, "segment", "mIoU")).isBetween(0.7, 1.0);
        assertThat(value(report, "refer", "mIoU")).isBetween(0.7, 1.0);
        assertThat(value(report, "answer", "exact")).isBetween(0.8, 1.0);
        assertThat(value(report, "caption en", "CIDEr-D")).isBetween(1.0, 10.0);
        assertThat(report.effort().actionsSavedPerImage()).isPositive();
        assertThat(report.labels()).isNotEmpty();
    }

    @Test
    void theDetailsAddUpToTheFigures() throws ProblemException {
        var options =
                new EvaluationOptions(
                        EnumSet.of(EvaluationTask.DETECT, EvaluationTask.SEGMENT), 256, 4, 20, 0);
        var report = ModelEvaluator.evaluate(samples(), model, options, Progress.NONE);
        for (var kind : OverlapKind.values()) {
            var task = kind == OverlapKind.BOXES ? "detect" : "segment";
            var figures = report.objects(kind).orElseThrow();
            assertThat(figures.meanCurves().getFirst().averagePrecision())
                    .isCloseTo(value(report, task, "AP50"), within(1e-9));
            assertThat(figures.meanCurves().getLast().averagePrecision())
                    .isCloseTo(value(report, task, "AP75"), within(1e-9));
            assertThat(figures.confusion())
                    .isEqualTo(
                            ConfusionMatrix.of(
                                    report.results().stream()
                                            .flatMap(image -> image.outcomes(kind).stream())
                                            .toList()));
            for (var label : figures.labels()) {
                var name = Optional.of(label.label());
                assertThat(figures.confusion().actual(name)).isEqualTo((int) label.objects());
                assertThat(figures.confusion().predicted(name)).isEqualTo((int) label.predicted());
                var curves = figures.curves().get(label.label());
                if (curves != null) {
                    assertThat(curves.getFirst().averagePrecision())
                            .isCloseTo(label.ap50(), within(1e-9));
                }
            }
        }
        assertThat(report.results()).hasSize(SCENES);
        assertThat(report.results().stream().mapToInt(ImageResult::edits).sum())
                .isEqualTo(report.effort().correcting().actions());
    }

    /// What the command line and the window show of the same model and images is the same, and a project keeps it.
    @Test
    void aModelOfTheWindowIsJudgedAsOneOfACommand() throws ProblemException {
        var folder = Installation.locate().bundledModel();
        var options = new EvaluationOptions(EvaluationOptions.USUAL.tasks(), 256, 1, 20, 0);
        var few = samples(2);
        var command = Evaluation.of(few, new OpenedModel(model, 1), options, Progress.NONE);
        var device = new DeviceChoice.Exactly(new Device.Cpu(1));
        try (var inference =
                new InferenceService(new PaliGemmaOpener(device, folder), InstantSource.system())) {
            var served = ServedModel.open(inference, ModelChoice.of(folder), Progress.NONE);
            var window = Evaluation.of(few, served, options, Progress.NONE);
            assertThat(window.checkpoint()).isEqualTo(command.checkpoint());
            assertThat(window.figures().metrics()).isEqualTo(command.figures().metrics());
            assertThat(window.figures().labels()).isEqualTo(command.figures().labels());
            assertThat(window.figures().effort()).isEqualTo(command.figures().effort());
        }
        var entry = command.entry(Instant.EPOCH, "split:test");
        assertThat(EvaluationFigures.parse(entry.result())).hasValue(command.figures());
        assertThat(EvaluationFigures.parse("[]")).isEmpty();
        assertThat(EvaluationFigures.parse("{")).isEmpty();
    }

    @Test
    void aBrokenModelAndACancelledEvaluationSaySo() {
        try (var inference =
                new InferenceService(
                        (_, _) -> {
                            throw new ProblemException("The folder is damaged", "", "");
                        },
                        InstantSource.system())) {
            assertThatThrownBy(() ->
                            ServedModel.open(
                                    inference, ModelChoice.of(Path.of("none")), Progress.NONE))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("damaged");
        }
        var cancelled =
                new Progress() {
                    @Override
                    public void update(ProgressUpdate update) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        assertThatThrownBy(() ->
                        Evaluation.of(
                                samples(),
                                new OpenedModel(model, 1),
                                EvaluationOptions.USUAL,
                                cancelled))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cancelled");
    }

    /// With the model's own answers as truth every figure is perfect, and nothing is left to correct.
    @Test
    void aModelAgreesWithItself() throws ProblemException {
        var truth = new ArrayList<AnnotatedImage>();
        // One label a prompt: labels that are found nowhere are not asked for.
        var prompts = new ArrayList<String>();
        samples().labels().names().forEach(label -> prompts.add("detect " + label));
        prompts.addAll(List.of("caption en", "ocr"));
        var stamp = new ModelStamp("m", "", "", Instant.EPOCH);
        samples()
                .forEach(image -> {
                    var own = new ArrayList<Annotation>();
                    for (var asked : prompts) {
                        var answer =
                                model.answer(
                                        ImageFiles.read(image.image().file()),
                                        asked,
                                        GenerationOptions.standard(),
                                        (_, _, _) -> {},
                                        Progress.NONE);
                        own.addAll(Predictions.annotations(image.image(), answer, stamp));
                    }
                    truth.add(
                            image.withAnnotations(
                                    own.stream()
                                            .map(one -> one.withReview(ReviewState.ACCEPTED))
                                            .toList()));
                });
        var report =
                ModelEvaluator.evaluate(
                        Dataset.of(samples().labels(), truth),
                        model,
                        new EvaluationOptions(EvaluationOptions.USUAL.tasks(), 256, 1, 1, 0),
                        Progress.NONE);
        assertThat(value(report, "detect", "mAP")).isCloseTo(1, within(1e-9));
        assertThat(value(report, "caption en", "exact")).isEqualTo(1);
        assertThat(report.effort().correcting().actions()).isZero();
    }

    @Test
    void withoutTruthThereIsNothingToEvaluate() throws ProblemException {
        var untouched = new ArrayList<AnnotatedImage>();
        samples().forEach(image -> untouched.add(new AnnotatedImage(image.image(), List.of())));
        assertThatThrownBy(() ->
                        ModelEvaluator.evaluate(
                                Dataset.of(LabelSet.EMPTY, untouched),
                                model,
                                EvaluationOptions.USUAL,
                                Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nothing to compare");
    }

    @Test
    void theLikelihoodOfAnAnswerIsThatOfItsTokens() throws ProblemException {
        var picture = ImageFiles.read(Path.of("assets/samples/scene-01.png"));
        var question = Question.of(picture, "caption en");
        var answer =
                model.answerBatch(List.of(question), GenerationOptions.standard(), Progress.NONE)
                        .getFirst()
                        .generation();
        double sum = 0;
        for (float one : answer.tokenLogProbabilities()) {
            sum += one;
        }
        var likelihood = model.likelihood(question, answer.text(), Progress.NONE);
        assertThat(likelihood.tokens()).isEqualTo(answer.tokenIds().length);
        assertThat(likelihood.logProbability()).isCloseTo(sum, within(1e-4));
        assertThat(model.likelihood(question, "two red moons", Progress.NONE).logProbability())
                .isLessThan(sum - 5);
    }

    @Test
    void tasksThatWereNotAskedForAreNotThere() throws ProblemException {
        var report =
                ModelEvaluator.evaluate(
                        samples(),
                        model,
                        new EvaluationOptions(Set.of(EvaluationTask.OCR), 64, 4, 20, 0),
                        Progress.NONE);
        assertThat(report.metrics()).extracting(Metric::task).containsOnly("ocr");
    }
}
