package org.palimpsest.app;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import javafx.util.Callback;
import org.palimpsest.ui.browser.BrowserViewModel;
import org.palimpsest.ui.canvas.CanvasViewModel;
import org.palimpsest.ui.exchange.ExportViewModel;
import org.palimpsest.ui.inspector.DetailsViewModel;
import org.palimpsest.ui.inspector.InspectorViewModel;
import org.palimpsest.ui.inspector.ReviewingViewModel;
import org.palimpsest.ui.inspector.TextsViewModel;
import org.palimpsest.ui.label.LabelEditViewModel;
import org.palimpsest.ui.label.LabelViewModel;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.review.ReviewViewModel;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.shell.StatusBarViewModel;
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
        var inspector = new InspectorViewModel(workspace);
        made = new HashMap<>();
        made.put(
                ReviewingViewModel.class,
                new ReviewingViewModel(workspace, services.commands(), services.dialogs()));
        made.put(DetailsViewModel.class, new DetailsViewModel(workspace, inspector));
        made.put(TextsViewModel.class, new TextsViewModel(workspace, services.dialogs()));
        made.put(
                ReviewViewModel.class,
                new ReviewViewModel(
                        workspace,
                        services.commands(),
                        services.dialogs(),
                        InstantSource.system()));
        var labels = new LabelViewModel(workspace, services.dialogs());
        made.put(LabelViewModel.class, labels);
        made.put(
                LabelEditViewModel.class,
                new LabelEditViewModel(
                        workspace, labels, services.keys(), services.dialogs(), tasks));
        made.putAll(
                Map.of(
                        CanvasViewModel.class, canvas,
                        PromptViewModel.class, prompt,
                        ExportViewModel.class, export,
                        BrowserViewModel.class, new BrowserViewModel(workspace, tasks),
                        InspectorViewModel.class, inspector,
                        StatusBarViewModel.class,
                                new StatusBarViewModel(workspace, inference, pointer, tasks),
                        ShellViewModel.class,
                                new ShellViewModel(services, canvas, prompt, export)));
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
