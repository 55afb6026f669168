package org.palimpsest.app;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import javafx.collections.ObservableList;
import javafx.util.Callback;
import org.palimpsest.cli.ProgramVersion;
import org.palimpsest.imaging.PyramidFolder;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.runtime.CacheFolder;
import org.palimpsest.settings.Accessibility;
import org.palimpsest.ui.browser.BrowserViewModel;
import org.palimpsest.ui.canvas.CanvasDisplay;
import org.palimpsest.ui.canvas.CanvasViewModel;
import org.palimpsest.ui.canvas.ToolBench;
import org.palimpsest.ui.canvas.ToolCommands;
import org.palimpsest.ui.compare.CompareViewModel;
import org.palimpsest.ui.doctor.DoctorViewModel;
import org.palimpsest.ui.evaluation.EvaluationViewModel;
import org.palimpsest.ui.exchange.ExportViewModel;
import org.palimpsest.ui.exchange.ImportViewModel;
import org.palimpsest.ui.exchange.SplitViewModel;
import org.palimpsest.ui.guide.GuideViewModel;
import org.palimpsest.ui.inspector.DetailsViewModel;
import org.palimpsest.ui.inspector.InspectorViewModel;
import org.palimpsest.ui.inspector.ReviewingViewModel;
import org.palimpsest.ui.inspector.TextsViewModel;
import org.palimpsest.ui.label.LabelEditViewModel;
import org.palimpsest.ui.label.LabelViewModel;
import org.palimpsest.ui.models.ModelUse;
import org.palimpsest.ui.models.ModelsViewModel;
import org.palimpsest.ui.prompt.PresetsViewModel;
import org.palimpsest.ui.prompt.PromptCommands;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.prompt.RunMenuViewModel;
import org.palimpsest.ui.queue.QueueViewModel;
import org.palimpsest.ui.queue.RunQueue;
import org.palimpsest.ui.review.ReviewViewModel;
import org.palimpsest.ui.settings.KeyTable;
import org.palimpsest.ui.settings.KeysViewModel;
import org.palimpsest.ui.settings.SettingsViewModel;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.shell.StatusBarViewModel;
import org.palimpsest.ui.shell.WelcomeViewModel;
import org.palimpsest.ui.support.Asking;
import org.palimpsest.ui.support.ModelAdmission;
import org.palimpsest.ui.support.PictureStore;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.ShownJob;
import org.palimpsest.ui.training.TrainingViewModel;

/// Builds every view model once, with its collaborators, and hands them to mvvmFX. Views are made by their empty
/// constructor.
final class ViewModels implements Callback<Class<?>, Object> {
    /// Room for five pictures of 200 megapixels.
    private static final long LARGE_PICTURES_ON_DISK = 4L << 30;

    /// Room for eight pictures of 12 megapixels.
    private static final long PICTURES_IN_MEMORY = 512L << 20;

    private final Map<Class<?>, Object> made = new HashMap<>();

    /// @param jobs the long work that the window shows
    /// @param trainer where training runs
    ViewModels(
            ShellViewModel.Services services,
            ThumbnailQueue thumbnails,
            ObservableList<ShownJob> jobs,
            Executor trainer) {
        var workspace = services.workspace();
        var inference = services.inference();
        var tasks = services.tasks();
        var settings = services.settings();
        var dialogs = services.dialogs();
        var commands = services.commands();
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
        var pages = services.pages();
        var admission =
                new ModelAdmission(settings, tasks, dialogs, pages, services.bundledModel());
        var asking = new Asking();
        var export =
                new ExportViewModel(
                        workspace, inference, settings, dialogs, tasks, asking, commands);
        export.onImageShown(pages::close);
        var splits = new SplitViewModel(workspace, asking, dialogs, tasks, commands);
        splits.onDivided(export::splitsChanged);
        splits.onImageShown(() -> {
            export.close();
            pages.close();
        });
        add(canvas);
        add(prompt);
        add(new PresetsViewModel(workspace, prompt, settings, dialogs, tasks));
        add(new RunMenuViewModel(commands));
        var runs = new RunQueue(workspace, inference, tasks, dialogs, System::nanoTime);
        new PromptCommands(workspace, inference, prompt, dialogs, tasks, commands);
        add(new QueueViewModel(runs, workspace, asking, inference, dialogs, commands));
        add(
                new CompareViewModel(
                        workspace, inference, asking, dialogs, tasks, admission, commands));
        add(export);
        add(splits);
        var browser = new BrowserViewModel(workspace, tasks, commands, dialogs, thumbnails);
        add(browser);
        ModelConnections.connect(prompt, display, bench, browser, asking);
        var inspector = new InspectorViewModel(workspace);
        add(inspector);
        add(new ReviewingViewModel(workspace, commands, dialogs));
        add(new DetailsViewModel(workspace, inspector));
        add(new TextsViewModel(workspace, dialogs));
        var labels = new LabelViewModel(workspace, dialogs);
        add(labels);
        add(new LabelEditViewModel(workspace, labels, services.keys(), dialogs, tasks));
        var review = new ReviewViewModel(workspace, commands, dialogs, InstantSource.system());
        add(review);
        ReviewConnections.connect(inspector, review, display, pictures);
        var imports = new ImportViewModel(workspace, dialogs, tasks, commands);
        add(imports);
        addPages(services, admission, thumbnails, trainer);
        var status = new StatusBarViewModel(workspace, inference, pointer, tasks, jobs);
        status.watch(runs.runs());
        add(status);
        // After all others: it takes the commands that no feature carries out.
        var shell = new ShellViewModel(services, canvas, prompt);
        shell.onLabelKey(labels::key);
        shell.onDataset(imports::offer);
        var preferences = shell.preferences();
        workspace
                .labelColors()
                .safeProperty()
                .bind(preferences.accessibilityProperty().map(Accessibility::safeColors));
        add(shell);
        add(new WelcomeViewModel(preferences, services.opener(), tasks, commands, services.keys()));
        add(new SettingsViewModel(preferences));
        add(new KeysViewModel(new KeyTable(services.keys(), preferences), workspace::labels));
    }

    /// What takes the place of the images, and the guide beside them.
    private void addPages(
            ShellViewModel.Services services,
            ModelAdmission admission,
            ThumbnailQueue thumbnails,
            Executor trainer) {
        var workspace = services.workspace();
        var inference = services.inference();
        var settings = services.settings();
        var dialogs = services.dialogs();
        var tasks = services.tasks();
        var commands = services.commands();
        var pages = services.pages();
        var bundled = services.bundledModel();
        var use = new ModelUse(inference, settings, dialogs, tasks, admission, bundled, commands);
        var probes = ModelsViewModel.Probes.REAL;
        add(new ModelsViewModel(inference, use, admission, pages, dialogs, tasks, probes));
        var practice = DoctorViewModel.Practice.REAL;
        var version = ProgramVersion.current();
        add(new DoctorViewModel(inference, dialogs, tasks, pages, practice, bundled, version));
        add(new GuideViewModel(pages, commands, dialogs));
        add(
                new TrainingViewModel(
                        workspace,
                        inference,
                        settings,
                        pages,
                        new TrainingViewModel.Tools(dialogs, tasks, trainer)));
        add(
                new EvaluationViewModel(
                        new EvaluationViewModel.Services(
                                workspace, inference, settings, dialogs, tasks, pages, bundled),
                        thumbnails,
                        InstantSource.system(),
                        System::nanoTime));
    }

    private void add(Object viewModel) {
        made.put(viewModel.getClass(), viewModel);
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
