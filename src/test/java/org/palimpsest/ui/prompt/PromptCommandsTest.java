package org.palimpsest.ui.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

@Timeout(30)
final class PromptCommandsTest {
    @TempDir Path folder;

    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private final Commands commands = new Commands();
    private final FakeModel model = new FakeModel(Path.of("fake"));
    private InferenceService inference;
    private PromptViewModel prompt;

    @BeforeEach
    void open() throws ProblemException {
        Samples.open(workspace, Samples.images(folder, 2));
        inference = new InferenceService((_, _) -> model, InstantSource.fixed(Samples.NOW));
        inference.useModel(Path.of("fake"));
        prompt = new PromptViewModel(workspace, inference, tasks);
        new PromptCommands(workspace, inference, prompt, dialogs, tasks, commands);
    }

    @AfterEach
    void close() {
        model.gate.release(1000);
        inference.close();
        workspace.use(null);
    }

    /// A box over the middle of the part that the model is shown, with a full mask.
    private static String answer() {
        return "<loc0256><loc0256><loc0768><loc0768>" + "<seg000>".repeat(16) + " cat";
    }

    @Test
    void aBoxGetsTheMaskThatTheModelSeesInIt() {
        var box = Samples.addBox(workspace, "cat", new Box(40, 20, 80, 60));
        assertThat(commands.enabled(Command.SEGMENT_BOX).get()).isFalse();
        workspace.select(Set.of(box.id()));
        model.answering("segment cat", answer());

        commands.run(Command.SEGMENT_BOX);
        tasks.runHandedOver(
                () -> workspace.current().objects().getFirst().region() instanceof Mask);

        var object = workspace.current().objects().getFirst();
        assertThat(object.id()).isEqualTo(box.id());
        assertThat(object.region().bounds().iou(new Box(40, 20, 80, 60))).isGreaterThan(0.9);
        assertThat(((Mask) object.region()).size()).isEqualTo(Samples.SIZE);
        workspace.undo();
        assertThat(workspace.current().objects()).containsExactly(box);
    }

    @Test
    void whereNothingIsFoundAroundTheBoxTheWholeImageIsAskedAndThenItIsSaid() {
        var box = Samples.addBox(workspace, "cat", new Box(40, 20, 80, 60));
        workspace.select(Set.of(box.id()));
        model.answering("segment cat", "");
        commands.run(Command.SEGMENT_BOX);
        tasks.runHandedOver(() -> dialogs.messages.size() == 2);
        assertThat(model.asked).containsExactly("segment cat", "segment cat");
        assertThat(dialogs.messages.getLast()).isEqualTo("The model sees no “cat” in this box");
        assertThat(workspace.current().objects()).containsExactly(box);
    }

    @Test
    void largeImagesAreSearchedInParts() {
        prompt.labels().setAll("circle");
        model.answering("detect circle", "<loc0100><loc0100><loc0200><loc0200> circle");
        assertThat(commands.enabled(Command.SLICED_DETECTION).get()).isTrue();
        commands.run(Command.SLICED_DETECTION);
        tasks.runHandedOver(() -> !prompt.runningProperty().get());
        var found = (Provenance.Predicted) workspace.current().objects().getFirst().provenance();
        assertThat(found.settings()).startsWith("tiles=");
        prompt.kindProperty().set(TaskKind.CAPTION);
        assertThat(commands.enabled(Command.SLICED_DETECTION).get()).isFalse();
    }

    @Test
    void whatIsFoundInAPartLeavesOtherPartsAlone() {
        prompt.labels().setAll("circle");
        model.answering("detect circle", "<loc0000><loc0000><loc1023><loc1023> circle");
        for (var part :
                List.of(new Box(0, 0, 50, 50), new Box(100, 0, 150, 50), new Box(0, 0, 50, 50))) {
            prompt.askRegion(part);
            tasks.runHandedOver(() -> !prompt.runningProperty().get());
        }
        assertThat(workspace.current().objects())
                .extracting(object -> object.region().bounds())
                .containsExactlyInAnyOrder(new Box(0, 0, 50, 50), new Box(100, 0, 150, 50));
    }

    @Test
    void aMalformedAnswerIsPutRightAsText() {
        prompt.labels().setAll("circle");
        model.answering("detect circle", "<loc0000><loc0000> circle");
        prompt.run();
        tasks.runHandedOver(() -> !prompt.runningProperty().get());
        var result = prompt.shownProperty().get().result().orElseThrow();
        assertThat(result.malformedAt()).hasValue(0);
        assertThat(result.parsed()).isEmpty();

        prompt.readAnswer("<loc0000><loc0000><loc0511><loc0511> circle");
        tasks.runHandedOver(() -> !workspace.current().objects().isEmpty());

        var now = prompt.shownProperty().get();
        assertThat(now.notice()).isEmpty();
        assertThat(now.speed()).isEqualTo("Corrected by hand");
        assertThat(now.result().orElseThrow().parsed())
                .containsExactly(new AnswerRun.ParsedLine("circle", "0, 0 · 100 × 50 px"));
        assertThat(model.asked).hasSize(1);
    }

    @Test
    void aPromptThatIsWrittenFillsTheFields() {
        prompt.usePrompt("segment red car;bus");
        assertThat(prompt.kindProperty().get()).isEqualTo(TaskKind.SEGMENT);
        assertThat(prompt.labels()).containsExactly("red car", "bus");
        prompt.usePrompt("cap de");
        assertThat(prompt.previewProperty().get()).isEqualTo("cap de");
        prompt.usePrompt("where is the cat?");
        assertThat(prompt.kindProperty().get()).isEqualTo(TaskKind.FREE);
        assertThat(prompt.previewProperty().get()).isEqualTo("where is the cat?");
        prompt.usePrompt(" ");
        assertThat(prompt.previewProperty().get()).isEqualTo("where is the cat?");
    }
}
