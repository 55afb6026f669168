package org.palimpsest.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.inference.AnswerSpeed;
import org.palimpsest.inference.InferenceRequest;
import org.palimpsest.inference.Prediction;
import org.palimpsest.inference.Priority;
import org.palimpsest.paligemma.prompt.OutputParser;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ModelRun;
import org.palimpsest.project.Project;
import org.palimpsest.project.RunSettings;
import org.palimpsest.project.RunUndo;

class ImageRunTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-05-04T12:00:00Z"));
    private static final String PROMPT = "detect cat";
    private static final String ANSWER = "<loc0000><loc0000><loc0511><loc0511> cat";
    private static final RunSettings SETTINGS = new RunSettings("m", "abc", PROMPT, "");
    private static final Provenance.Drawn DRAWN = new Provenance.Drawn("ada", CLOCK.instant());

    @TempDir private Path folder;
    private Project project;
    private final List<ImageEntry> images = new ArrayList<>();

    @BeforeEach
    void makeProject() throws ProblemException {
        project = Project.create(folder.resolve("p.palimpsest"), CLOCK);
        for (int i = 0; i < 5; i++) {
            var entry =
                    new ImageEntry(
                            ImageId.random(), folder.resolve(i + ".png"), new Size(100, 100));
            project.apply(new AddImage(new AnnotatedImage(entry)));
            images.add(entry);
        }
    }

    @AfterEach
    void close() throws ProblemException {
        project.close();
    }

    private ImageRun begin(List<ImageId> which, boolean overwrite) throws ProblemException {
        return ImageRun.begin(
                project, SETTINGS, new ImageRun.Choice(PROMPT, ImageFilter.ALL, which, overwrite));
    }

    private static Prediction answer(ImageEntry image, String text) {
        var task = Task.parse(PROMPT);
        var output = OutputParser.parse(task, text);
        return new Prediction(
                new InferenceRequest(image, task, 100, Priority.BATCH),
                text,
                output,
                text.equals(ANSWER)
                        ? List.of(
                                ObjectAnnotation.of(
                                        "cat",
                                        new Box(0, 0, 50, 50),
                                        new Provenance.Predicted(
                                                "m", PROMPT, 0.9, CLOCK.instant())))
                        : List.of(),
                List.of(),
                Map.of(),
                false,
                new AnswerSpeed(1, 1, 1));
    }

    private List<ImageEntry> all(ImageRun run) throws ProblemException {
        var found = new ArrayList<ImageEntry>();
        ImageRun.Portion portion;
        do {
            portion = run.next(project, 2);
            found.addAll(portion.images());
        } while (!portion.last());
        return found;
    }

    private AnnotatedImage now(int index) throws ProblemException {
        return project.image(images.get(index).id()).orElseThrow();
    }

    @Test
    void aRunThatWasKilledGoesOnWithWhatIsLeftAndIsOneStep() throws ProblemException {
        var first = begin(List.of(), false);
        first.keep(project, answer(first.next(project, 1).images().getFirst(), ANSWER));
        first.keep(project, answer(first.next(project, 1).images().getFirst(), ANSWER));
        project.close();
        project = Project.open(folder.resolve("p.palimpsest"), CLOCK);

        var second = begin(List.of(), false);
        var left = all(second);
        assertThat(left).isEqualTo(images.subList(2, 5));
        for (var image : left) {
            second.keep(project, answer(image, ANSWER));
        }
        second.end();

        assertThat(second.counts()).isEqualTo(new ImageRun.Counts(5, 3, 3, 2, 0));
        assertThat(project.undo().orElseThrow().images()).hasSize(5);
        for (int i = 0; i < 5; i++) {
            assertThat(now(i).annotations()).isEmpty();
        }
    }

    @Test
    void onlyTheChosenImagesAreAsked() throws ProblemException {
        var chosen = List.of(images.get(1), images.get(3));
        var run = begin(chosen.stream().map(ImageEntry::id).toList(), false);
        assertThat(all(run)).isEqualTo(chosen);
        assertThat(run.counts().total()).isEqualTo(2);
    }

    @Test
    void whatAPersonDidWhileTheModelWasAtWorkStays() throws ProblemException {
        var run = begin(List.of(), false);
        var image = run.next(project, 1).images().getFirst();
        project.apply(
                AddAnnotations.onTopOf(
                        now(0), List.of(ObjectAnnotation.of("moon", new Box(1, 1, 9, 9), DRAWN))));

        run.keep(project, answer(image, ANSWER));

        assertThat(now(0).objects()).extracting(ObjectAnnotation::label).containsExactly("moon");
        assertThat(run.counts()).isEqualTo(new ImageRun.Counts(5, 0, 0, 1, 0));
    }

    @Test
    void aMalformedAnswerIsKeptAsItIsAndCanBePutRight() throws ProblemException {
        var run = begin(List.of(), false);
        var image = run.next(project, 1).images().getFirst();
        assertThat(run.keep(project, answer(image, "<loc0001> cat"))).isPresent();
        assertThat(run.failures())
                .containsExactly(
                        new ModelRun.Failure(
                                image.id(),
                                "4 location tokens expected, 1 found",
                                "<loc0001> cat"));

        run.mend(project, answer(image, ANSWER));

        assertThat(run.failures()).isEmpty();
        assertThat(now(0).objects()).hasSize(1);
        assertThat(run.counts()).isEqualTo(new ImageRun.Counts(5, 1, 1, 0, 0));
    }

    @Test
    void whatAPersonDidElsewhereDuringARunIsUndoneBeforeTheRun() throws ProblemException {
        var run = begin(List.of(), false);
        var first = run.next(project, 1).images().getFirst();
        run.keep(project, answer(first, ANSWER));
        project.apply(ReplaceDetails.of(now(4), now(4).details().withState(ImageState.DONE)));
        run.keep(project, answer(run.next(project, 1).images().getFirst(), ANSWER));

        assertThat(project.undo().orElseThrow().title()).isEqualTo("mark image as done");
        assertThat(project.undo().orElseThrow().title()).isEqualTo(PROMPT);
    }

    @Test
    void aRunIsTakenBackAsOneStepAlsoWhenOtherThingsCameAfterIt() throws ProblemException {
        var run = begin(List.of(), false);
        for (var image : all(run)) {
            run.keep(project, answer(image, ANSWER));
        }
        run.end();
        var object = now(1).objects().getFirst();
        project.apply(
                ReplaceAnnotation.in(now(1), object.correctLabel("dog", "ada", CLOCK.instant())));

        var changed = RunUndo.undo(project, run.id());

        assertThat(changed).hasSize(4).doesNotContain(images.get(1).id());
        assertThat(now(1).objects()).extracting(ObjectAnnotation::label).containsExactly("dog");
        assertThat(now(0).annotations()).isEmpty();
        assertThat(now(0).details().state()).isEqualTo(ImageState.NEW);
        project.undo();
        assertThat(now(0).objects()).as("taking back is a step itself").hasSize(1);
    }

    @Test
    void aRunWithNothingAfterItIsUndoneWhole() throws ProblemException {
        var run = begin(List.of(), false);
        for (var image : all(run)) {
            run.keep(project, answer(image, ANSWER));
        }
        run.end();
        assertThat(RunUndo.undo(project, run.id())).hasSize(5);
        assertThat(RunUndo.undo(project, run.id())).isEmpty();
        assertThat(project.redo().orElseThrow().title()).isEqualTo(PROMPT);
    }
}
