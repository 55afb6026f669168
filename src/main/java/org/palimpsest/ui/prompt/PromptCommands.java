package org.palimpsest.ui.prompt;

import javafx.beans.binding.Bindings;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Workspace;

/// Carries out the commands about the model that need more than the task panel: masks from boxes, and parts of large images.
///
/// Confined to the interface's thread.
public final class PromptCommands {
    public PromptCommands(
            Workspace workspace,
            InferenceService inference,
            PromptViewModel prompt,
            DialogService dialogs,
            TaskRunner tasks,
            Commands commands) {
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
    }
}
