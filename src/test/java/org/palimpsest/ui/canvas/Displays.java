package org.palimpsest.ui.canvas;

import java.nio.file.Path;
import java.time.InstantSource;
import org.palimpsest.imaging.PyramidFolder;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.PictureStore;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Workspace;

/// What canvases of tests show.
public final class Displays {
    private static final long BYTES = 64L << 20;

    private Displays() {}

    /// @param folder for the tiles of large pictures
    public static CanvasDisplay display(Workspace workspace, TaskRunner tasks, Path folder) {
        return new CanvasDisplay(workspace, store(tasks, folder), tasks, new Commands());
    }

    /// A canvas with its tools.
    public static CanvasViewModel canvas(
            Workspace workspace,
            ProjectOpener opener,
            Pointer pointer,
            TaskRunner tasks,
            DialogService dialogs,
            Path folder) {
        var display = display(workspace, tasks, folder);
        return new CanvasViewModel(
                workspace, opener, pointer, display, new ToolBench(workspace, display, dialogs));
    }

    static PictureStore store(TaskRunner tasks, Path folder) {
        return new PictureStore(
                tasks,
                new PyramidFolder(folder.resolve("tiles"), BYTES, InstantSource.fixed(Samples.NOW)),
                BYTES);
    }
}
