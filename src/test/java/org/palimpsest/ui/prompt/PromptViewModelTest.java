package org.palimpsest.ui.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

@Timeout(30)
final class PromptViewModelTest {
    private static final String CIRCLE = "<loc0000><loc0000><loc0511><loc1023> circle";

    @TempDir Path folder;

    private final Workspace workspace = Samples.workspace();
    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final FakeModel model = new FakeModel(Path.of("fake"));
    private InferenceService inference;
    private PromptViewModel prompt;
    private List<ImageEntry> images;

    @BeforeEach
    void open() throws ProblemException {
        images = Samples.images(folder, 2);
        Samples.open(workspace, images);
        inference = new InferenceService((_, _) -> model, InstantSource.fixed(Samples.NOW));
        inference.useModel(Path.of("fake"));
        prompt = new PromptViewModel(workspace, inference, tasks);
        prompt.labels().setAll("circle");
    }

    @AfterEach
    void close() {
        model.gate.release(1_000_000);
        inference.close();
    }

    @Test
    void thePreviewIsTheExactPromptOfEveryTask() {
        prompt.labels().setAll("circle", "red square");
        prompt.languageProperty().set(Language.GERMAN);
        assertThat(previewOf(TaskKind.DETECT, "")).isEqualTo("detect circle ; red square");
        assertThat(previewOf(TaskKind.SEGMENT, "")).isEqualTo("segment circle ; red square");
        assertThat(previewOf(TaskKind.CAPTION, "")).isEqualTo("caption de");
        assertThat(previewOf(TaskKind.DESCRIBE, "")).isEqualTo("describe de");
        assertThat(previewOf(TaskKind.READ_TEXT, "")).isEqualTo("ocr");
        assertThat(previewOf(TaskKind.ANSWER, " how many? ")).isEqualTo("answer de how many?");
        assertThat(previewOf(TaskKind.ASK, "three")).isEqualTo("question de three");
        assertThat(previewOf(TaskKind.FREE, "detect cat")).isEqualTo("detect cat");
    }

    @Test
    void whatIsMissingIsSaidAndNothingCanBeRun() {
        prompt.labels().clear();
        assertThat(prompt.missingProperty().get()).isEqualTo("Name at least one label");
        assertThat(prompt.runnableProperty().get()).isFalse();
        prompt.labels().setAll("a<b");
        assertThat(prompt.missingProperty().get()).contains("a<b").contains("must not contain");
        prompt.kindProperty().set(TaskKind.ANSWER);
        assertThat(prompt.missingProperty().get()).isEqualTo("Write the question first");
        prompt.textProperty().set("why?");
        assertThat(prompt.missingProperty().get()).isEmpty();
        assertThat(prompt.runnableProperty().get()).isTrue();
        Samples.open(workspace, List.of());
        assertThat(prompt.runnableProperty().get()).isFalse();
    }

    @Test
    void everyTaskKeepsItsOwnText() {
        prompt.kindProperty().set(TaskKind.ANSWER);
        prompt.textProperty().set("how many?");
        prompt.kindProperty().set(TaskKind.FREE);
        assertThat(prompt.textProperty().get()).isEmpty();
        prompt.textProperty().set("ocr");
        prompt.kindProperty().set(TaskKind.ANSWER);
        assertThat(prompt.textProperty().get()).isEqualTo("how many?");
    }

    @Test
    void anAnswerIsShownWhileItIsWrittenAndBecomesOneStepOfTheHistory() {
        model.answering("detect circle", CIRCLE);
        model.gate = new Semaphore(1);
        prompt.run();
        tasks.runHandedOver(() -> prompt.shownProperty().get().text().startsWith("<loc0000>"));
        assertThat(prompt.runningProperty().get()).isTrue();
        assertThat(prompt.runnableProperty().get()).isFalse();
        assertThat(prompt.shownProperty().get().speed()).isEqualTo("1 token");

        model.gate.release(100);
        tasks.runHandedOver(() -> !prompt.runningProperty().get());

        assertThat(prompt.shownProperty().get().text()).isEqualTo(CIRCLE);
        assertThat(prompt.shownProperty().get().speed()).isEqualTo("2 tokens · 20/s · 0.5 s");
        assertThat(workspace.current().objects())
                .extracting(ObjectAnnotation::label)
                .containsExactly("circle");
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("detect circle");
        workspace.undo();
        assertThat(workspace.current().objects()).isEmpty();
    }

    @Test
    void askingAgainReplacesWhatNobodyTouchedAndKeepsTheRest() {
        model.answering("detect circle", CIRCLE + " ; " + CIRCLE);
        runToEnd();
        var first = workspace.current().objects();
        var corrected = workspace.renamed(first.getFirst(), "ring");
        workspace.apply(new ReplaceAnnotation(images.getFirst().id(), first.getFirst(), corrected));

        runToEnd();

        var now = workspace.current().objects();
        assertThat(now).hasSize(3).contains(corrected).doesNotContain(first.get(1));
    }

    @Test
    void aMalformedAnswerIsExplainedWithItsTextKept() {
        model.answering("detect circle", "<loc0000><loc0000> circle");

        runToEnd();

        var shown = prompt.shownProperty().get();
        assertThat(shown.text()).isEqualTo("<loc0000><loc0000> circle");
        var notice = shown.notice().orElseThrow();
        assertThat(notice.severity()).isEqualTo(Notice.Severity.WARNING);
        assertThat(notice.title()).contains("does not have the form");
        assertThat(notice.text()).contains("At character 1").contains("Nothing was added");
    }

    @Test
    void whatIsWellFormedInAMalformedAnswerIsAdded() {
        model.answering("detect circle", CIRCLE + " ; <loc0000> circle");

        runToEnd();

        assertThat(workspace.current().objects()).hasSize(1);
        assertThat(prompt.shownProperty().get().notice().orElseThrow().text())
                .contains("1 annotation");
    }

    @Test
    void anAnswerWithoutObjectsSaysSo() {
        model.answering("detect circle", "");

        runToEnd();

        assertThat(prompt.shownProperty().get().notice().orElseThrow().title())
                .isEqualTo("Nothing found");
        assertThat(workspace.current().annotations()).isEmpty();
        assertThat(workspace.current().details().state()).isEqualTo(ImageState.PREDICTED);
    }

    @Test
    void stopEndsTheAnswerAndAddsNothing() {
        model.answering("caption en", "one two three four");
        model.gate = new Semaphore(2);
        prompt.kindProperty().set(TaskKind.CAPTION);
        prompt.run();
        tasks.runHandedOver(() -> prompt.shownProperty().get().text().equals("one two "));

        assertThat(prompt.stop()).isTrue();
        model.gate.release(1);
        tasks.runHandedOver(() -> !prompt.runningProperty().get());

        assertThat(prompt.shownProperty().get().text()).isEqualTo("one two ");
        assertThat(prompt.shownProperty().get().notice().orElseThrow().title())
                .isEqualTo("Stopped");
        assertThat(workspace.current().annotations()).isEmpty();
        assertThat(prompt.stop()).isFalse();
    }

    @Test
    void aFailureIsShownInItsOwnWords() {
        model.failure = new ProblemException("The GPU is gone", "cuda:0", "Use the processor");

        runToEnd();

        var notice = prompt.shownProperty().get().notice().orElseThrow();
        assertThat(notice)
                .isEqualTo(
                        new Notice(
                                Notice.Severity.ERROR,
                                "The GPU is gone",
                                "cuda:0. Use the processor"));
    }

    @Test
    void theAnswerGoesToTheImageThatWasAskedAboutAlsoWhenAnotherIsLookedAt() {
        model.answering("caption en", "a dog");
        model.gate = new Semaphore(0);
        prompt.kindProperty().set(TaskKind.CAPTION);
        prompt.run();
        workspace.step(1);
        assertThat(prompt.runningProperty().get()).isFalse();
        assertThat(prompt.shownProperty().get()).isEqualTo(AnswerRun.NONE);

        model.gate.release(10);
        var first = images.getFirst().id();
        tasks.runHandedOver(() -> workspace.images().line(first).orElseThrow().texts() > 0);

        assertThat(workspace.current().annotations()).isEmpty();
        workspace.step(-1);
        assertThat(prompt.shownProperty().get().text()).isEqualTo("a dog");
        assertThat(((TextAnnotation) workspace.current().annotations().getFirst()).text())
                .isEqualTo("a dog");
    }

    private String previewOf(TaskKind kind, String text) {
        prompt.kindProperty().set(kind);
        prompt.textProperty().set(text);
        return prompt.previewProperty().get();
    }

    private void runToEnd() {
        prompt.run();
        tasks.runHandedOver(() -> !prompt.runningProperty().get());
    }
}
