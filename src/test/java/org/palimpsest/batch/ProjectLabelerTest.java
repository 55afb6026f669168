package org.palimpsest.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.geometry.Box;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageAdder;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.Project;

/// Labelling a project with the bundled model.
class ProjectLabelerTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-05-04T12:00:00Z"));
    private static final String PROMPT = "detect circle ; triangle ; cross ; star";

    private static BundledModel bundled;
    private static PaliGemma model;

    @TempDir private Path folder;
    private Project project;
    private List<Path> files;

    @BeforeAll
    static void openModel() throws ProblemException {
        bundled = BundledModel.open();
        model = bundled.model();
    }

    @AfterAll
    static void closeModel() {
        bundled.close();
    }

    @BeforeEach
    void makeProject() throws Exception {
        files = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            var file = folder.resolve("scene-0" + i + ".png");
            Files.copy(Installation.locate().samples().resolve(file.getFileName()), file);
            files.add(file);
        }
        project = Project.create(folder.resolve("p.palimpsest"), CLOCK);
        ImageAdder.add(project, files, Progress.NONE);
    }

    @AfterEach
    void closeProject() throws ProblemException {
        project.close();
    }

    private LabelingReport label(
            LabelingOptions.Overwrite overwrite, boolean retry, int batch, Progress progress)
            throws ProblemException {
        var options =
                new LabelingOptions(
                        PROMPT,
                        ImageFilter.ALL,
                        overwrite,
                        retry,
                        GenerationOptions.standard(),
                        batch);
        return ProjectLabeler.label(project, model, "abc", options, CLOCK, progress);
    }

    private LabelingReport label() throws ProblemException {
        return label(LabelingOptions.Overwrite.NEVER, false, 1, Progress.NONE);
    }

    private List<AnnotatedImage> images() throws ProblemException {
        var all = new ArrayList<AnnotatedImage>();
        project.dataset(ImageFilter.ALL).forEach(all::add);
        return all;
    }

    private AnnotatedImage image(ImageId id) throws ProblemException {
        return project.image(id).orElseThrow();
    }

    @Test
    void everyImageIsLabelledAsOneStep() throws ProblemException {
        var report = label();
        assertThat(report.labelled()).isEqualTo(4);
        assertThat(report.proposed()).isGreaterThanOrEqualTo(4);
        for (var image : images()) {
            assertThat(image.details().state()).isEqualTo(ImageState.PREDICTED);
            for (var object : image.objects()) {
                assertThat(object.provenance()).isInstanceOf(Provenance.Predicted.class);
                var predicted = (Provenance.Predicted) object.provenance();
                assertThat(predicted.prompt()).isEqualTo(PROMPT);
                assertThat(predicted.checkpoint()).isEqualTo("abc");
            }
        }
        assertThat(project.undo().orElseThrow().title()).isEqualTo(PROMPT);
        assertThat(images()).allSatisfy(image -> assertThat(image.annotations()).isEmpty());
    }

    @Test
    void aBatchGivesWhatSingleImagesGive() throws ProblemException {
        label(LabelingOptions.Overwrite.NEVER, false, 3, Progress.NONE);
        var together = images().stream().map(ProjectLabelerTest::regions).toList();
        project.undo();
        label();
        assertThat(images().stream().map(ProjectLabelerTest::regions).toList()).isEqualTo(together);
    }

    private static List<String> regions(AnnotatedImage image) {
        return image.objects().stream().map(one -> one.label() + one.region()).toList();
    }

    @Test
    void anInterruptedRunGoesOnWhereItWas() throws ProblemException {
        var updates = new AtomicInteger();
        var stopAfterTwo =
                new Progress() {
                    @Override
                    public void update(ProgressUpdate update) {
                        if (update.message().contains(" of 4")) {
                            updates.incrementAndGet();
                        }
                    }

                    @Override
                    public boolean isCancelled() {
                        return updates.get() >= 2;
                    }
                };
        var first = label(LabelingOptions.Overwrite.NEVER, false, 1, stopAfterTwo);
        assertThat(first.labelled()).isEqualTo(2);
        project.close();
        project = Project.open(folder.resolve("p.palimpsest"), CLOCK);
        var second = label();
        assertThat(second.done()).isEqualTo(2);
        assertThat(second.labelled()).isEqualTo(2);
        project.undo();
        assertThat(images()).allSatisfy(image -> assertThat(image.annotations()).isEmpty());
        assertThat(label().labelled()).as("an undone run begins anew").isEqualTo(4);
    }

    @Test
    void whatAPersonWorkedOnIsLeftAlone() throws ProblemException {
        var drawn = images().getFirst();
        project.apply(
                AddAnnotations.onTopOf(
                        drawn,
                        List.of(
                                ObjectAnnotation.of(
                                        "moon",
                                        new Box(1, 1, 9, 9),
                                        new Provenance.Drawn("ada", CLOCK.instant())))));
        label();
        var corrected = images().get(1);
        var object = corrected.objects().getFirst();
        project.apply(
                ReplaceAnnotation.in(
                        corrected, object.correctLabel("heart", "ada", CLOCK.instant())));
        var before = image(corrected.image().id());

        var options =
                new LabelingOptions(
                        PROMPT,
                        ImageFilter.ALL,
                        LabelingOptions.Overwrite.PREDICTED,
                        false,
                        GenerationOptions.greedy(100),
                        1);
        var report = ProjectLabeler.label(project, model, "abc", options, CLOCK, Progress.NONE);

        assertThat(report.human()).isEqualTo(2);
        assertThat(report.labelled()).isEqualTo(2);
        assertThat(image(corrected.image().id())).isEqualTo(before);
        assertThat(image(drawn.image().id()).objects()).hasSize(1);
    }

    @Test
    void anImageThatAPersonCalledEmptyStaysEmpty() throws ProblemException {
        var seen = images().getFirst();
        project.apply(ReplaceDetails.of(seen, seen.details().withState(ImageState.EMPTY)));
        assertThat(label().human()).isEqualTo(1);
        assertThat(image(seen.image().id()).annotations()).isEmpty();
    }

    @Test
    void answersThatNobodyLookedAtAreReplacedOnlyWhenAsked() throws ProblemException {
        label();
        var before = images();
        var options =
                new LabelingOptions(
                        PROMPT,
                        ImageFilter.ALL,
                        LabelingOptions.Overwrite.NEVER,
                        false,
                        GenerationOptions.greedy(99),
                        1);
        assertThat(
                        ProjectLabeler.label(project, model, "other", options, CLOCK, Progress.NONE)
                                .answered())
                .isEqualTo(before.stream().filter(one -> !one.annotations().isEmpty()).count());
        assertThat(images()).isEqualTo(before);
    }

    @Test
    void anImageThatFailsIsToldAndAskedAgainOnRequest() throws Exception {
        byte[] good = Files.readAllBytes(files.get(2));
        Files.write(files.get(2), new byte[] {1, 2, 3});
        var report = label();
        assertThat(report.labelled()).isEqualTo(3);
        assertThat(report.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.image()).endsWith("scene-03.png"));
        Files.write(files.get(2), good);
        assertThat(label().failures()).hasSize(1);
        var again = label(LabelingOptions.Overwrite.NEVER, true, 1, Progress.NONE);
        assertThat(again.labelled()).isEqualTo(1);
        assertThat(again.failures()).isEmpty();
    }
}
