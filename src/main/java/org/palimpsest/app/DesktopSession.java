package org.palimpsest.app;

import de.saxsys.mvvmfx.FluentViewLoader;
import de.saxsys.mvvmfx.MvvmFX;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.palimpsest.imaging.ThumbnailFiles;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.inference.ModelOpener;
import org.palimpsest.inference.ModelState;
import org.palimpsest.runtime.CacheFolder;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.browser.ImageSorting;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.exchange.ExchangeDialogs;
import org.palimpsest.ui.exchange.ExportViewModel;
import org.palimpsest.ui.exchange.ImportViewModel;
import org.palimpsest.ui.exchange.SplitViewModel;
import org.palimpsest.ui.guide.GuideViewModel;
import org.palimpsest.ui.guide.GuideWindow;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.settings.Preferences;
import org.palimpsest.ui.shell.ShellView;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.FxTaskRunner;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.SaveState;
import org.palimpsest.ui.support.ShownJob;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One window with its services, from the first frame to the last.
///
/// Made and closed on the JavaFX thread.
final class DesktopSession implements AutoCloseable {
    private static final Duration SAVING_AGAIN = Duration.seconds(5);
    private static final long SECONDS_TO_CLOSE = 10;
    private static final int THUMBNAIL_MAKERS =
            Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final double LEAST_WIDTH = 880;
    private static final double LEAST_HEIGHT = 560;

    /// What a window is made of that depends on the computer, or on the test.
    record Environment(
            ModelOpener opener,
            SettingsStore settings,
            DialogService dialogs,
            String person,
            ProjectOpener.Places places) {}

    private static final Logger LOG = LoggerFactory.getLogger(DesktopSession.class);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("project").factory());

    @SuppressWarnings("ThreadPriorityCheck") // what the person does comes first
    private final ExecutorService thumbnailMakers =
            Executors.newFixedThreadPool(
                    THUMBNAIL_MAKERS,
                    Thread.ofPlatform()
                            .name("thumbnails-", 0)
                            .daemon()
                            .priority(Thread.MIN_PRIORITY)
                            .factory());

    @SuppressWarnings("ThreadPriorityCheck") // what the person does comes first
    private final ExecutorService trainer =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform()
                            .name("training")
                            .daemon()
                            .priority(Thread.MIN_PRIORITY)
                            .factory());

    private final Timeline savingAgain = new Timeline();
    private final FxTaskRunner tasks;
    private final InferenceService inference;
    private final ShellViewModel.Services services;
    private final ViewModels viewModels;

    /// Fills the stage; it is not shown yet and nothing is read yet.
    DesktopSession(Stage stage, Environment environment, Path bundledModel) {
        tasks = new FxTaskRunner(executor);
        var clock = InstantSource.system();
        var settings = environment.settings();
        var workspace =
                new Workspace(
                        clock,
                        environment.person(),
                        tasks,
                        writer,
                        new ImageSorting(),
                        environment.dialogs()::show);
        inference = new InferenceService(environment.opener(), clock);
        services =
                new ShellViewModel.Services(
                        workspace,
                        new ProjectOpener(
                                workspace,
                                environment.dialogs(),
                                tasks,
                                settings,
                                clock,
                                environment.places()),
                        inference,
                        settings,
                        environment.dialogs(),
                        tasks,
                        bundledModel,
                        new Commands(),
                        new KeyBindings(settings.settings().keys()),
                        new Pages());
        viewModels = new ViewModels(services, thumbnails(clock), tasks.shownJobs(), trainer);
        MvvmFX.setCustomDependencyInjector(viewModels);
        var shell =
                FluentViewLoader.fxmlView(ShellView.class).resourceBundle(Texts.bundle()).load();
        var scene = new Scene(shell.getView(), WIDTH, HEIGHT);
        stage.titleProperty().bind(shell.getCodeBehind().titleProperty());
        stage.setScene(scene);
        new ExchangeDialogs(
                stage,
                viewModels.get(ExportViewModel.class),
                viewModels.get(ImportViewModel.class),
                viewModels.get(SplitViewModel.class));
        new GuideWindow(
                stage, viewModels.get(GuideViewModel.class), services.commands(), services.keys());
        stage.setOnCloseRequest(request -> {
            if (!shell.getCodeBehind().mayClose()) {
                request.consume();
            }
        });
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        savingAgain.getKeyFrames().setAll(new KeyFrame(SAVING_AGAIN, _ -> saveAgain()));
        savingAgain.setCycleCount(Animation.INDEFINITE);
        savingAgain.play();
    }

    private ThumbnailQueue thumbnails(InstantSource clock) {
        return new ThumbnailQueue(
                new ThumbnailFiles(
                        CacheFolder.path().resolve("thumbnails"),
                        ThumbnailFiles.USUAL_BYTES,
                        clock),
                thumbnailMakers,
                THUMBNAIL_MAKERS);
    }

    private void saveAgain() {
        if (workspace().saveStateProperty().get() instanceof SaveState.Failing) {
            workspace().saveAgain();
        }
    }

    /// Begins to open the model and these files, or the last project where there are none, all in the background.
    void begin(List<Path> files) {
        var settings = services.settings().settings();
        if (!files.isEmpty()) {
            services.opener().open(files);
        } else if (settings.reopen() && !settings.recentProjects().isEmpty()) {
            services.opener().open(List.of(settings.recentProjects().getFirst()));
        }
        inference.useModel(
                new ModelChoice(
                        settings.modelFolder()
                                .filter(Files::isDirectory)
                                .orElse(services.bundledModel()),
                        settings.adapter().filter(Files::isDirectory)));
    }

    /// The long work that would be lost with this session, by its names; the runs of the queue are kept in the project.
    List<String> atWork() {
        var names = new ArrayList<>(tasks.shownJobs().stream().map(ShownJob::name).toList());
        if (viewModels.get(PromptViewModel.class).runningProperty().get()) {
            names.add(Texts.get("prompt.title"));
        }
        return names;
    }

    /// Whether the person agrees to leave what could not be saved.
    boolean mayLeave() {
        return services.opener().mayLeave();
    }

    TaskRunner tasks() {
        return tasks;
    }

    Preferences preferences() {
        return viewModels.get(ShellViewModel.class).preferences();
    }

    Workspace workspace() {
        return services.workspace();
    }

    /// Opens the sample project in the person's folder of projects.
    void openSamples() {
        services.opener().openSamples();
    }

    Commands commands() {
        return services.commands();
    }

    ModelState modelState() {
        return inference.modelState();
    }

    <T> T viewModel(Class<T> type) {
        return viewModels.get(type);
    }

    /// Ends long work, waits for what is being written, and closes everything.
    @Override
    public void close() {
        savingAgain.stop();
        tasks.shownJobs().forEach(ShownJob::cancel);
        workspace().use(null);
        inference.close();
        end(writer);
        thumbnailMakers.shutdownNow();
        end(thumbnailMakers);
        end(trainer);
        end(executor);
    }

    /// Lets what was given come to its end, such as the writing of settings, within bounds.
    private static void end(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
                LOG.warn("Something is still being done while the program ends");
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
