package org.palimpsest.ui.shell;

import java.util.stream.Collectors;
import javafx.beans.value.ObservableBooleanValue;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.ui.canvas.CanvasViewModel;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.support.Workspace;

/// Commands of the canvas, as long as it does not carry them out itself.
final class BorrowedCommands {
    private final ShellViewModel shell;
    private final Workspace workspace;
    private final CanvasViewModel canvas;

    BorrowedCommands(ShellViewModel shell, Workspace workspace, CanvasViewModel canvas) {
        this.shell = shell;
        this.workspace = workspace;
        this.canvas = canvas;
    }

    void register(ObservableBooleanValue hasImage, ObservableBooleanValue selected) {
        shell.take(Command.SELECT_ALL, hasImage, this::selectAll);
        shell.take(Command.RENAME, selected, canvas::beginNaming);
        shell.take(Command.FIT, hasImage, () -> canvas.camera().fit());
        shell.take(Command.ACTUAL_SIZE, hasImage, () -> canvas.camera().actualSize());
        shell.take(Command.ZOOM_IN, hasImage, () -> canvas.camera().zoomIn());
        shell.take(Command.ZOOM_OUT, hasImage, () -> canvas.camera().zoomOut());
        for (var command : Command.values()) {
            ToolBarBuilder.kind(command)
                    .ifPresent(kind ->
                            shell.take(command, hasImage, () -> canvas.toolProperty().set(kind)));
        }
    }

    private void selectAll() {
        var image = workspace.current();
        if (image != null) {
            workspace.select(
                    image.objects().stream()
                            .map(Annotation::id)
                            .collect(Collectors.toUnmodifiableSet()));
        }
    }
}
