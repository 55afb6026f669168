package org.palimpsest.ui.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.settings.PromptPreset;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.OpenProject;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

@Timeout(30)
final class PresetsViewModelTest {
    @TempDir Path folder;

    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private InferenceService inference;
    private PromptViewModel prompt;
    private Path project;

    @BeforeEach
    void open() throws ProblemException {
        project = Samples.open(workspace, Samples.images(folder, 1));
        inference =
                new InferenceService(
                        (choice, _) -> new FakeModel(choice), InstantSource.fixed(Samples.NOW));
        inference.useModel(Path.of("fake"));
        prompt = new PromptViewModel(workspace, inference, tasks);
    }

    @AfterEach
    void close() {
        inference.close();
        workspace.use(null);
    }

    private PresetsViewModel presets() {
        return new PresetsViewModel(
                workspace,
                prompt,
                SettingsStore.open(folder.resolve("settings.json")),
                dialogs,
                tasks);
    }

    @Test
    void aPromptThatWasKeptFillsTheFieldsInALaterSession() {
        var presets = presets();
        prompt.labels().setAll("car", "traffic light");
        dialogs.text = Optional.of(" Street ");
        presets.keep();
        var later = presets();
        assertThat(later.presets())
                .containsExactly(new PromptPreset("Street", "detect car ; traffic light"));
        prompt.kindProperty().set(TaskKind.CAPTION);
        prompt.labels().clear();

        later.use(later.presets().getFirst());

        assertThat(prompt.kindProperty().get()).isEqualTo(TaskKind.DETECT);
        assertThat(prompt.labels()).containsExactly("car", "traffic light");
    }

    @Test
    void aRemovedPresetCanBeBroughtBack() {
        var presets = presets();
        dialogs.text = Optional.of("One");
        presets.keep();
        var one = presets.presets().getFirst();
        presets.remove(one);
        assertThat(presets().presets()).isEmpty();
        dialogs.actions.getLast().run();
        assertThat(presets().presets()).containsExactly(one);
    }

    @Test
    void aProjectBeginsWithThePromptThatItWasAskedLast() throws ProblemException {
        presets();
        prompt.usePrompt("answer de wie viele?");
        prompt.run();
        tasks.runHandedOver(() -> !prompt.runningProperty().get());
        workspace.use(null);
        prompt.usePrompt("ocr");

        workspace.use(OpenProject.open(project, false, InstantSource.fixed(Samples.NOW)));

        assertThat(prompt.previewProperty().get()).isEqualTo("answer de wie viele?");
    }

    @Test
    void aProjectThatWasNeverAskedBeginsWithItsLabels() {
        Samples.addBox(workspace, "moon", new Box(0, 0, 9, 9));
        presets();
        assertThat(prompt.previewProperty().get()).isEqualTo("detect moon");
    }
}
