package org.palimpsest.app;

import static java.util.Map.entry;

import java.util.Map;
import javafx.collections.ObservableList;
import javafx.util.Callback;
import org.palimpsest.ui.browser.BrowserViewModel;
import org.palimpsest.ui.canvas.CanvasViewModel;
import org.palimpsest.ui.exchange.ExportViewModel;
import org.palimpsest.ui.inspector.InspectorViewModel;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.settings.KeysViewModel;
import org.palimpsest.ui.settings.SettingsViewModel;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.shell.StatusBarViewModel;
import org.palimpsest.ui.shell.WelcomeViewModel;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.ShownJob;

/// Builds every view model once, with its collaborators, and hands them to mvvmFX. Views are made by their empty
/// constructor.
final class ViewModels implements Callback<Class<?>, Object> {
    private final Map<Class<?>, Object> made;

    /// @param jobs the long work that the window shows
    ViewModels(ShellViewModel.Services services, ObservableList<ShownJob> jobs) {
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
        var preferences = shell.preferences();
        made =
                Map.ofEntries(
                        entry(CanvasViewModel.class, canvas),
                        entry(PromptViewModel.class, prompt),
                        entry(ExportViewModel.class, export),
                        entry(BrowserViewModel.class, new BrowserViewModel(workspace, tasks)),
                        entry(InspectorViewModel.class, new InspectorViewModel(workspace)),
                        entry(
                                StatusBarViewModel.class,
                                new StatusBarViewModel(workspace, inference, pointer, tasks, jobs)),
                        entry(
                                WelcomeViewModel.class,
                                new WelcomeViewModel(
                                        preferences,
                                        services.opener(),
                                        tasks,
                                        services.commands(),
                                        services.keys())),
                        entry(SettingsViewModel.class, new SettingsViewModel(preferences)),
                        entry(
                                KeysViewModel.class,
                                new KeysViewModel(services.keys(), preferences, workspace::labels)),
                        entry(ShellViewModel.class, shell));
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
