package org.palimpsest.app;

import java.time.InstantSource;
import java.util.Map;
import javafx.util.Callback;
<<<<<<< HEAD
import org.palimpsest.imaging.PyramidFolder;
import org.palimpsest.runtime.CacheFolder;
=======
import org.palimpsest.imaging.ThumbnailQueue;
>>>>>>> work-browser
import org.palimpsest.ui.browser.BrowserViewModel;
import org.palimpsest.ui.canvas.CanvasDisplay;
import org.palimpsest.ui.canvas.CanvasViewModel;
import org.palimpsest.ui.canvas.ToolBench;
import org.palimpsest.ui.canvas.ToolCommands;
import org.palimpsest.ui.exchange.ExportViewModel;
import org.palimpsest.ui.inspector.InspectorViewModel;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.shell.StatusBarViewModel;
import org.palimpsest.ui.support.PictureStore;
import org.palimpsest.ui.support.Pointer;

/// Builds every view model once, with its collaborators, and hands them to mvvmFX. Views are made by their empty
/// constructor.
final class ViewModels implements Callback<Class<?>, Object> {
    /// Room for five pictures of 200 megapixels.
    private static final long LARGE_PICTURES_ON_DISK = 4L << 30;

    /// Room for eight pictures of 12 megapixels.
    private static final long PICTURES_IN_MEMORY = 512L << 20;

    private final Map<Class<?>, Object> made;

    ViewModels(ShellViewModel.Services services, ThumbnailQueue thumbnails) {
        var workspace = services.workspace();
        var inference = services.inference();
        var tasks = services.tasks();
        var pointer = new Pointer();
        var pictures =
                new PictureStore(
                        tasks,
                        new PyramidFolder(
                                CacheFolder.path().resolve("tiles"),
                                LARGE_PICTURES_ON_DISK,
                                InstantSource.system()),
                        Math.min(PICTURES_IN_MEMORY, Runtime.getRuntime().maxMemory() / 6));
        var display = new CanvasDisplay(workspace, pictures, tasks, services.commands());
        var bench = new ToolBench(workspace, display, services.dialogs());
        new ToolCommands(bench, workspace, display, tasks, services.commands());
        var canvas = new CanvasViewModel(workspace, services.opener(), pointer, display, bench);
        var prompt = new PromptViewModel(workspace, inference, tasks);
        var export =
                new ExportViewModel(
                        workspace, inference, services.settings(), services.dialogs(), tasks);
        var browser =
                new BrowserViewModel(
                        workspace, tasks, services.commands(), services.dialogs(), thumbnails);
        made =
                Map.of(
                        CanvasViewModel.class, canvas,
                        PromptViewModel.class, prompt,
                        ExportViewModel.class, export,
                        BrowserViewModel.class, browser,
                        InspectorViewModel.class, new InspectorViewModel(workspace),
                        StatusBarViewModel.class,
                                new StatusBarViewModel(workspace, inference, pointer, tasks),
                        ShellViewModel.class, new ShellViewModel(services, canvas, prompt, export));
    }

    /// The view model of this class.
    ///
    /// @throws IllegalArgumentException if there is none
    <T> T get(Class<T> type) {
        var viewModel = made.get(type);
        if (viewModel == null) {
            throw new IllegalArgumentException("No view model " + type.getName());
        }
        return type.cast(viewModel);
    }

    @Override
    public Object call(Class<?> type) {
        var viewModel = made.get(type);
        if (viewModel != null) {
            return viewModel;
        }
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No empty constructor: " + type.getName(), e);
        }
    }
}
