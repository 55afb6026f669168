package org.palimpsest.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelState;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.canvas.Displays;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.ToolKey;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

@Timeout(30)
final class ShellViewModelTest {
    private static final Path BUNDLED = Path.of("bundled");

    @TempDir Path folder;

    private final Workspace workspace = Samples.workspace();
    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private InferenceService inference;
    private ShellViewModel shell;
    private StatusBarViewModel status;

    @BeforeEach
    void build() throws ProblemException {
        Samples.open(workspace, Samples.images(folder, 3));
        inference =
                new InferenceService(
                        (choice, _) -> {
                            if (!choice.folder().equals(BUNDLED)) {
                                throw new ProblemException("No config.json", "in it", "Look again");
                            }
                            return new FakeModel(choice);
                        },
                        InstantSource.fixed(Samples.NOW));
        var settings = SettingsStore.open(settingsFile());
        var opener = Samples.opener(workspace, dialogs, tasks, folder);
        var pointer = new Pointer();
        shell =
                new ShellViewModel(
                        new ShellViewModel.Services(
                                workspace,
                                opener,
                                inference,
                                settings,
                                dialogs,
                                tasks,
                                BUNDLED,
                                new Commands(),
                                new KeyBindings(Map.of()),
                                new Pages()),
                        Displays.canvas(workspace, opener, pointer, tasks, dialogs, folder),
                        new PromptViewModel(workspace, inference, tasks));
        status = new StatusBarViewModel(workspace, inference, pointer, tasks);
    }

    @AfterEach
    void close() {
        inference.close();
    }

    @Test
    void theTitleAndThePositionFollowTheImage() {
        assertThat(shell.titleProperty().get()).isEqualTo("a.png – test – Palimpsest");
        shell.commands().run(Command.NEXT_IMAGE);
        assertThat(shell.positionProperty().get()).isEqualTo("2 of 3");
        assertThat(status.imageProperty().get()).isEqualTo("200 × 100 px");
        shell.commands().run(Command.PREVIOUS_IMAGE);
        assertThat(shell.titleProperty().get()).isEqualTo("a.png – test – Palimpsest");
    }

    @Test
    void theToyModelIsCalledAToyAndABrokenModelIsExplained() {
        inference.useModel(BUNDLED);
        tasks.runHandedOver(() -> shell.noteProperty().get().isPresent());
        assertThat(shell.noteProperty().get()).contains(Note.toy());

        inference.useModel(Path.of("wrong"));
        tasks.runHandedOver(() -> status.modelProperty().get() instanceof ModelState.Broken);
        tasks.runHandedOver(
                () -> shell.noteProperty().get().orElseThrow().kind() == Note.Kind.ERROR);
        assertThat(shell.noteProperty().get().orElseThrow().text())
                .isEqualTo("The model cannot be used. No config.json: in it. Look again.");
    }

    @Test
    void theThemeIsRemembered() {
        shell.commands().run(Command.THEME);
        shell.commands().run(Command.THEME);
        assertThat(shell.preferences().themeProperty().get()).isEqualTo(Theme.DARK);
        assertThat(SettingsStore.open(settingsFile()).settings().theme()).isEqualTo(Theme.DARK);
    }

    @Test
    void arrowsMoveWhatIsSelectedAndElseChangeTheImage() {
        var box = Samples.addBox(workspace, "cat", new Box(10, 10, 20, 20));
        workspace.select(Set.of(box.id()));
        shell.arrow(ToolKey.RIGHT, Modifiers.NONE);
        assertThat(workspace.current().objects().getFirst().region())
                .isEqualTo(new Box(11, 10, 21, 20));
        assertThat(workspace.currentImage())
                .isEqualTo(workspace.images().lines().getFirst().image());

        workspace.select(Set.of());
        shell.arrow(ToolKey.RIGHT, Modifiers.NONE);
        assertThat(workspace.currentImage()).isEqualTo(workspace.images().lines().get(1).image());
    }

    @Test
    void anObjectAtTheEdgeThatCannotMoveDoesNotChangeTheImage() {
        var box = Samples.addBox(workspace, "cat", new Box(180, 10, 200, 20));
        workspace.select(Set.of(box.id()));
        shell.arrow(ToolKey.RIGHT, Modifiers.NONE);
        assertThat(workspace.currentImage())
                .isEqualTo(workspace.images().lines().getFirst().image());
    }

    @Test
    void undoAndRedoCanBeDoneWhenThereIsSomething() {
        Samples.addBox(workspace, "cat", new Box(10, 10, 20, 20));
        assertThat(shell.commands().enabled(Command.UNDO).get()).isTrue();
        shell.commands().run(Command.UNDO);
        assertThat(shell.commands().enabled(Command.REDO).get()).isTrue();
        assertThat(workspace.current().objects()).isEmpty();
        shell.commands().run(Command.REDO);
        assertThat(workspace.current().objects()).hasSize(1);
    }

    private Path settingsFile() {
        return folder.resolve("settings").resolve("settings.json");
    }
}
