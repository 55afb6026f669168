package org.palimpsest.ui.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.batch.EvaluationTask;
import org.palimpsest.batch.ImageResult;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.evaluation.ConfusionMatrix.Cell;
import org.palimpsest.geometry.Box;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ProjectEvaluations;
import org.palimpsest.settings.KnownModels;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

@Timeout(60)
final class EvaluationViewModelTest {
    /// The left half of the image, which is 200 pixels wide.
    private static final String LEFT = "<loc0000><loc0000><loc1023><loc0512> ";

    @TempDir Path folder;

    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private final Pages pages = new Pages();
    private InferenceService inference;
    private EvaluationViewModel page;
    private String answer = LEFT + "cat";
    private boolean broken;
    private Instant now = Samples.NOW;

    @BeforeEach
    void open() throws Exception {
        inference =
                new InferenceService(
                        (choice, _) -> {
                            if (broken) {
                                throw new ProblemException(
                                        "The model is damaged", "weights", "Copy it anew");
                            }
                            return new FakeModel(choice)
                                    .answering("detect cat", answer)
                                    .answering("detect cat ; dog", answer);
                        },
                        InstantSource.fixed(Samples.NOW));
        inference.useModel(Path.of("one"));
        var settings = SettingsStore.open(folder.resolve("settings.json"));
        settings.update(kept -> kept.withModels(KnownModels.NONE.withFolder(Path.of("other"))));
        page =
                new EvaluationViewModel(
                        new EvaluationViewModel.Services(
                                workspace,
                                inference,
                                settings,
                                dialogs,
                                tasks,
                                pages,
                                Path.of("bundled")),
                        new ThumbnailQueue(
                                _ -> {
                                    throw new ProblemException("No thumbnail", "", "");
                                },
                                Runnable::run,
                                1),
                        () -> now,
                        () -> 0);
        Samples.open(workspace, Samples.images(folder, 3));
        page.imagesProperty().set(ImageChoice.ALL);
    }

    @AfterEach
    void close() {
        inference.close();
        workspace.use(null);
    }

    /// A cat in the left half of the first image, two in the second, none in the third that somebody looked at.
    private void goThrough() {
        Samples.addBox(workspace, "cat", new Box(0, 0, 100, 100));
        done();
        workspace.step(1);
        Samples.addBox(workspace, "cat", new Box(0, 0, 100, 100));
        Samples.addBox(workspace, "cat", new Box(150, 0, 200, 50));
        done();
        workspace.step(1);
        done();
        workspace.step(-2);
    }

    private void done() {
        workspace.changeDetails(details -> details.withState(ImageState.DONE));
    }

    private Shown shown() {
        return page.history().shownProperty().get().orElseThrow();
    }

    private void evaluate() {
        now = now.plusSeconds(60);
        page.start();
        tasks.runHandedOver(() -> !page.busyProperty().get());
    }

    @Test
    void imagesThatNobodyWentThroughCannotBeEvaluated() {
        pages.open(Page.EVALUATION);
        assertThat(page.knownProperty().get()).hasValue(new Known(0, 3));
        assertThat(page.startableProperty().get()).isFalse();
        page.start();
        assertThat(page.busyProperty().get()).isFalse();
        assertThat(page.history().evaluations()).isEmpty();
    }

    @Test
    void withoutAProjectNothingBegins() {
        workspace.use(null);
        pages.open(Page.EVALUATION);
        assertThat(page.startableProperty().get()).isFalse();
        page.start();
        assertThat(page.busyProperty().get()).isFalse();
    }

    @Test
    void everyModelThatIsKnownCanBeChosen() {
        pages.open(Page.EVALUATION);
        assertThat(page.models())
                .extracting(KnownModel::choice)
                .containsExactly(
                        ModelChoice.of(Path.of("one")),
                        ModelChoice.of(Path.of("bundled")),
                        ModelChoice.of(Path.of("other")));
        assertThat(page.models().getFirst().title()).isEqualTo("one (in use)");
        assertThat(page.modelProperty().get()).isEqualTo(page.models().getFirst());
    }

    @Test
    void aModelIsJudgedKeptAndItsFaultsAreOpened() throws Exception {
        goThrough();
        pages.open(Page.EVALUATION);
        assertThat(page.knownProperty().get()).hasValue(new Known(3, 3));
        assertThat(page.startableProperty().get()).isTrue();
        evaluate();
        assertThat(page.messageProperty().get()).isEmpty();

        var label = shown().figures().label("cat").orElseThrow();
        assertThat(label.objects()).isEqualTo(3);
        assertThat(label.predicted()).isEqualTo(3);
        assertThat(label.precision()).isEqualTo(2 / 3.0);
        assertThat(label.recall()).isEqualTo(2 / 3.0);

        var details = page.history().details();
        assertThat(details.images())
                .extracting(ImageResult::faults)
                .as("the worst first")
                .containsExactly(1, 1, 0);
        assertThat(details.labels()).containsExactly(EvaluationDetails.ALL_LABELS, "cat");
        var grid = details.confusionProperty().get().orElseThrow();
        assertThat(grid.words(0, 0)).isEqualTo("2 of 3 “cat” were found (67%).");

        details.showImages(new Cell(Optional.of("cat"), Optional.empty()));
        assertThat(details.images()).hasSize(1);
        assertThat(Faults.words(details.images().getFirst())).isEqualTo("1 missed");
        var second = workspace.images().lines().get(1).image();
        page.open(details.images().getFirst());
        assertThat(workspace.currentImage()).isEqualTo(second);
        assertThat(pages.openProperty().get()).isEmpty();
        details.showAllImages();
        assertThat(details.images()).hasSize(3);

        var kept = ProjectEvaluations.list(workspace.project().orElseThrow());
        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst().filter()).isEmpty();
        assertThat(Shown.of(kept.getFirst()).orElseThrow().figures()).isEqualTo(shown().figures());
    }

    @Test
    void anEvaluationIsHeldAgainstTheOneBefore() {
        goThrough();
        pages.open(Page.EVALUATION);
        evaluate();
        var first = shown();
        assertThat(page.history().beforeProperty().get()).isEmpty();
        // Now the second cat of the second image is found, and made up in the others.
        answer = LEFT + "cat ; <loc0000><loc0768><loc0512><loc1023> cat";
        page.modelProperty().set(page.models().getLast());
        evaluate();
        assertThat(page.history().beforeProperty().get()).hasValue(first);
        var change = page.history().labels().getFirst();
        var before = first.figures().label("cat").orElseThrow();
        assertThat(change.before()).hasValue(before);
        assertThat(change.now().recall()).isEqualTo(1);
        assertThat(change.f1Change()).isEqualTo(change.now().f1() - before.f1());
        page.history().compareWith(Optional.empty());
        assertThat(page.history().labels().getFirst().before()).isEmpty();
        assertThat(page.history().evaluations()).hasSize(2);

        page.history().show(Optional.of(first));
        assertThat(page.history().details().images()).as("its report is still there").hasSize(3);
        pages.close();
        pages.open(Page.EVALUATION);
        assertThat(shown()).as("reading them again changes nothing").isSameAs(first);
    }

    @Test
    void aBrokenModelSaysWhatToDo() {
        goThrough();
        pages.open(Page.EVALUATION);
        broken = true;
        page.modelProperty().set(page.models().getLast());
        evaluate();
        assertThat(page.messageProperty().get())
                .hasValue(
                        new Message(
                                Message.Kind.ERROR,
                                "The model is damaged",
                                "weights\nCopy it anew"));
        assertThat(page.history().evaluations()).isEmpty();
        assertThat(page.startableProperty().get()).isTrue();
    }

    @Test
    void withoutATaskNothingCanBeAsked() {
        goThrough();
        pages.open(Page.EVALUATION);
        EvaluationViewModel.TASKS.forEach(task -> page.taskProperty(task).set(false));
        assertThat(page.startableProperty().get()).isFalse();
        page.taskProperty(EvaluationTask.OCR).set(true);
        assertThat(page.startableProperty().get()).isTrue();
    }

    @Test
    void figuresAreWrittenForOtherPrograms() throws Exception {
        goThrough();
        pages.open(Page.EVALUATION);
        evaluate();
        for (var ending : List.of(".csv", ".json")) {
            var target = folder.resolve("figures" + ending);
            dialogs.target = Optional.of(target);
            if (ending.equals(".csv")) {
                page.history().exportCsv();
            } else {
                page.history().exportJson();
            }
            assertThat(Files.readString(target)).contains("mAP", "cat");
        }
        assertThat(dialogs.messages).last().isEqualTo("The figures were saved as figures.json");
        assertThat(page.history().text()).contains("Average precision (mAP)");
    }

    @Test
    void anotherProjectHasOtherEvaluations() throws Exception {
        goThrough();
        pages.open(Page.EVALUATION);
        evaluate();
        Samples.open(workspace, Samples.images(folder, 1));
        assertThat(page.history().evaluations()).isEmpty();
        assertThat(page.history().shownProperty().get()).isEmpty();
        assertThat(page.history().details().images()).isEmpty();
    }

    @Test
    void theTimeThatIsLeftIsGuessedFromWhatIsDone() {
        assertThat(EvaluationRun.words(0, 5)).isEqualTo("Asking about the first image …");
        assertThat(EvaluationRun.words(0.25, 10)).isEqualTo("25%, 30 s left");
        assertThat(EvaluationRun.words(0.1, 60)).isEqualTo("10%, 9 min left");
    }
}
