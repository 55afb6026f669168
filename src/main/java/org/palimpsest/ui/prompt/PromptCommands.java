package org.palimpsest.ui.prompt;

import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Carries out the commands about the model that need more than the task panel: masks from boxes, parts of large images, and
/// adapters.
///
/// Confined to the interface's thread.
public final class PromptCommands {
    private final InferenceService inference;
    private final SettingsStore settings;
    private final DialogService dialogs;
    private final TaskRunner tasks;

    public PromptCommands(
            Workspace workspace,
            InferenceService inference,
            PromptViewModel prompt,
            SettingsStore settings,
            DialogService dialogs,
            TaskRunner tasks,
            Commands commands) {
        this.inference = inference;
        this.settings = settings;
        this.dialogs = dialogs;
        this.tasks = tasks;
        var boxes = new BoxQuestion(workspace, inference, dialogs, tasks);
        var oneSelected =
                Bindings.createBooleanBinding(
                        () -> prompt.selectedObject().isPresent(),
                        workspace.selectionProperty(),
                        workspace.currentProperty());
        commands.on(
                Command.SEGMENT_BOX,
                oneSelected,
                () -> prompt.selectedObject().ifPresent(boxes::ask));
        commands.on(Command.SLICED_DETECTION, prompt.sliceableProperty(), prompt::runSliced);
        commands.on(Command.CHOOSE_ADAPTER, this::chooseAdapter);
    }

    private void chooseAdapter() {
        var chosen = inference.chosenModel();
        if (chosen.isEmpty()) {
            return;
        }
        var inUse = chosen.get().adapter();
        if (inUse.isPresent()
                && dialogs.confirm(
                        Texts.get("prompt.adapter"),
                        Texts.get("prompt.adapter.inUse", inUse.get().getFileName()),
                        Texts.get("prompt.adapter.takeOff"))) {
            use(chosen.get().withAdapter(Optional.empty()));
            return;
        }
        dialogs.chooseFolder(Texts.get("prompt.adapter.choose"), inUse.map(Path::getParent))
                .ifPresent(folder -> use(chosen.get().withAdapter(Optional.of(folder))));
    }

    private void use(ModelChoice choice) {
        inference.useModel(choice);
        tasks.run(
                Texts.get("prompt.job.adapter"),
                _ -> {
                    settings.update(now -> now.withModel(now.modelFolder(), choice.adapter()));
                    return true;
                },
                _ -> {},
                dialogs::show);
    }
}
