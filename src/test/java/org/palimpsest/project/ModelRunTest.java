package org.palimpsest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

class ModelRunTest {
    private static final RunSettings SETTINGS =
            new RunSettings("toy", "abc", "detect cat", "max-tokens=8");

    @TempDir private Path folder;
    private Project project;
    private AnnotatedImage one;
    private AnnotatedImage two;

    @BeforeEach
    void create() throws ProblemException {
        project = Project.create(folder.resolve("p.palimpsest"), clock());
        one = addImage("1.png");
        two = addImage("2.png");
    }

    @AfterEach
    void close() throws ProblemException {
        project.close();
    }

    private static InstantSource clock() {
        return InstantSource.fixed(RandomEdits.NOW);
    }

    private AnnotatedImage addImage(String name) throws ProblemException {
        var image =
                new AnnotatedImage(
                        new ImageEntry(ImageId.random(), folder.resolve(name), new Size(100, 80)));
        project.apply(new AddImage(image));
        return image;
    }

    private List<Annotation> answer(ModelRun run, AnnotatedImage image) throws ProblemException {
        var cat =
                ObjectAnnotation.of(
                        "cat",
                        new Box(1, 2, 3, 4),
                        new Provenance.Predicted("toy", "detect cat", 0.5, RandomEdits.NOW));
        List<Annotation> proposed = List.of(cat);
        run.save(
                image.image().id(),
                "<loc>",
                proposed,
                List.of(AddAnnotations.onTopOf(now(image), proposed)));
        return proposed;
    }

    private AnnotatedImage now(AnnotatedImage image) throws ProblemException {
        return project.image(image.image().id()).orElseThrow();
    }

    private ModelRun.Outcome outcome(ModelRun run, AnnotatedImage image) throws ProblemException {
        return run.outcome(image.image().id());
    }

    @Test
    void aRunGoesOnWhereTheProgramEnded() throws ProblemException {
        var first = ModelRun.begin(project, SETTINGS);
        var proposed = answer(first, one);
        project.close();
        project = Project.open(folder.resolve("p.palimpsest"), clock());
        var second = ModelRun.begin(project, SETTINGS);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(outcome(second, one)).isEqualTo(ModelRun.Outcome.DONE);
        assertThat(outcome(second, two)).isEqualTo(ModelRun.Outcome.WAITING);
        answer(second, two);
        assertThat(ModelRun.list(project))
                .containsExactly(new ModelRun.Summary(first.id(), SETTINGS, RandomEdits.NOW, 2, 0));
        project.undo();
        assertThat(now(one).annotations()).isEmpty();
        assertThat(now(two).annotations()).isEmpty();
        assertThat(ModelRun.begin(project, SETTINGS).id()).isNotEqualTo(first.id());
        assertThat(ModelRun.predictions(project, first.id(), one.image().id())).contains(proposed);
    }

    @Test
    void predictionsStayAsTheyWereWhenTheyAreCorrected() throws ProblemException {
        var run = ModelRun.begin(project, SETTINGS);
        var proposed = answer(run, one);
        var cat = (ObjectAnnotation) proposed.getFirst();
        project.apply(
                ReplaceAnnotation.in(now(one), cat.correctLabel("dog", "ada", RandomEdits.NOW)));
        assertThat(ModelRun.predictions(project, run.id(), one.image().id())).contains(proposed);
        assertThat(ModelRun.predictions(project, run.id(), two.image().id())).isEmpty();
    }

    @Test
    void aFailureIsKeptUntilARetrySucceeds() throws ProblemException {
        var run = ModelRun.begin(project, SETTINGS);
        run.fail(one.image().id(), "", "too dark");
        run.end();
        assertThat(project.nextUndo()).contains("add image");
        run = ModelRun.begin(project, SETTINGS);
        assertThat(run.failures())
                .as("a run of failures alone goes on, too")
                .containsExactly(new ModelRun.Failure(one.image().id(), "too dark", ""));
        answer(run, one);
        assertThat(run.failures()).isEmpty();
        assertThat(outcome(run, one)).isEqualTo(ModelRun.Outcome.DONE);
    }

    @Test
    void aRunThatWasUndoneWhileItWentOnStops() throws ProblemException {
        var run = ModelRun.begin(project, SETTINGS);
        answer(run, one);
        project.undo();
        assertThatThrownBy(() -> answer(run, two))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("taken back while it went on");
        assertThat(now(two).annotations()).isEmpty();
        assertThat(project.redo()).isPresent();
        answer(run, two);
        assertThat(now(two).annotations()).hasSize(1);
    }

    @Test
    void whatTheRunDidLastIsUndoneFirst() throws ProblemException {
        var run = ModelRun.begin(project, SETTINGS);
        answer(run, one);
        var dog =
                ObjectAnnotation.of(
                        "dog", new Box(0, 0, 1, 1), new Provenance.Drawn("a", RandomEdits.NOW));
        project.apply(AddAnnotations.onTopOf(now(two), List.of(dog)));
        answer(run, two);
        assertThat(project.undo().orElseThrow().title()).isEqualTo("detect cat");
        assertThat(now(two).annotations()).containsExactly(dog);
        project.undo();
        assertThat(now(two).annotations()).isEmpty();
    }

    @Test
    void aTrimmedHistoryDoesNotStartTheRunAnew() throws ProblemException {
        var run = ModelRun.begin(project, SETTINGS);
        answer(run, one);
        ProjectCompaction.compact(project, OptionalLong.of(0));
        assertThat(project.nextUndo()).isEmpty();
        var again = ModelRun.begin(project, SETTINGS);
        assertThat(again.id()).isEqualTo(run.id());
        answer(again, two);
        project.undo();
        assertThat(now(one).annotations()).hasSize(1);
        assertThat(now(two).annotations()).isEmpty();
    }

    @Test
    void compactionKeepsTheHistoryUnlessAsked() throws ProblemException {
        var run = ModelRun.begin(project, SETTINGS);
        answer(run, one);
        var report = ProjectCompaction.compact(project, OptionalLong.empty());
        assertThat(report.stepsForgotten()).isZero();
        assertThat(project.undo()).isPresent();
        assertThat(now(one).annotations()).isEmpty();
    }
}
