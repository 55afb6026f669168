package org.palimpsest.app;

import java.util.Map;
import javafx.util.Callback;
import org.palimpsest.ui.browser.BrowserViewModel;
import org.palimpsest.ui.canvas.CanvasViewModel;
import org.palimpsest.ui.compare.CompareViewModel;
import org.palimpsest.ui.exchange.ExportViewModel;
import org.palimpsest.ui.inspector.InspectorViewModel;
import org.palimpsest.ui.prompt.PresetsViewModel;
import org.palimpsest.ui.prompt.PromptCommands;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.prompt.RunMenuViewModel;
import org.palimpsest.ui.queue.QueueViewModel;
import org.palimpsest.ui.queue.RunQueue;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.shell.StatusBarViewModel;
import org.palimpsest.ui.support.Asking;
import org.palimpsest.ui.support.Pointer;

/// Builds every view model once, with its collaborators, and hands them to mvvmFX. Views are made by their empty
/// constructor.
final class ViewModels implements Callback<Class<?>, Object> {
    private final Map<Class<?>, Object> made;

    ViewModels(ShellViewModel.Services services) {
        var workspace = services.workspace();
        var inference = services.inference();
        var tasks = services.tasks();
        var pointer = new Pointer();
        var canvas = new CanvasViewModel(workspace, services.opener(), pointer, tasks);
        var prompt = new PromptViewModel(workspace, inference, tasks);
        var export =
                new ExportViewModel(
                        workspace, inference, services.settings(), services.dialogs(), tasks);
        var shell = new ShellViewModel(services, canvas, prompt, export);
        var presets =
                new PresetsViewModel(
                        workspace, prompt, services.settings(), services.dialogs(), tasks);
        var runs = new RunQueue(workspace, inference, tasks, services.dialogs(), System::nanoTime);
        var asking = new Asking();
        asking.taskProperty().bind(prompt.taskProperty());
        new PromptCommands(
                workspace,
                inference,
                prompt,
                services.settings(),
                services.dialogs(),
                tasks,
                services.commands());
        made =
                Map.ofEntries(
                        Map.entry(CanvasViewModel.class, canvas),
                        Map.entry(PromptViewModel.class, prompt),
                        Map.entry(PresetsViewModel.class, presets),
                        Map.entry(
                                RunMenuViewModel.class, new RunMenuViewModel(services.commands())),
                        Map.entry(
                                QueueViewModel.class,
                                new QueueViewModel(
                                        runs,
                                        workspace,
                                        asking,
                                        inference,
                                        services.dialogs(),
                                        services.commands())),
                        Map.entry(
                                CompareViewModel.class,
                                new CompareViewModel(
                                        workspace,
                                        inference,
                                        asking,
                                        services.dialogs(),
                                        tasks,
                                        services.commands())),
                        Map.entry(ExportViewModel.class, export),
                        Map.entry(BrowserViewModel.class, new BrowserViewModel(workspace, tasks)),
                        Map.entry(InspectorViewModel.class, new InspectorViewModel(workspace)),
                        Map.entry(
                                StatusBarViewModel.class,
                                new StatusBarViewModel(workspace, inference, pointer, tasks)),
                        Map.entry(ShellViewModel.class, shell));
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
