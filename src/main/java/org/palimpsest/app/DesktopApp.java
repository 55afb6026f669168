package org.palimpsest.app;

import de.saxsys.mvvmfx.FluentViewLoader;
import de.saxsys.mvvmfx.MvvmFX;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.shell.ShellView;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.support.FxDialogService;
import org.palimpsest.ui.support.FxTaskRunner;
import org.palimpsest.ui.support.ImageOpener;
import org.palimpsest.ui.support.Workspace;

/// The desktop program: builds its services once, shows the window, then opens images and model in the background.
public final class DesktopApp extends Application {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;

    private @Nullable InferenceService inference;
    private @Nullable ExecutorService executor;

    @Override
    public void start(Stage stage) {
        var options = Desktop.options();
        var settings = SettingsStore.open(Desktop.settingsFile());
        executor = Executors.newVirtualThreadPerTaskExecutor();
        inference = new InferenceService(Desktop.modelOpener(options), InstantSource.system());
        var tasks = new FxTaskRunner(executor);
        var dialogs = new FxDialogService();
        var workspace =
                new Workspace(InstantSource.system(), System.getProperty("user.name", "person"));
        var services =
                new ShellViewModel.Services(
                        workspace,
                        new ImageOpener(workspace, dialogs, tasks),
                        inference,
                        settings,
                        dialogs,
                        tasks,
                        options.bundledModel());
        MvvmFX.setCustomDependencyInjector(new ViewModels(services));
        var shell = FluentViewLoader.fxmlView(ShellView.class).load();
        var scene = new Scene(shell.getView(), WIDTH, HEIGHT);
        scene.getStylesheets()
                .add(
                        Objects.requireNonNull(
                                        ShellView.class.getResource("palimpsest.css"),
                                        "palimpsest.css is missing")
                                .toExternalForm());
        stage.titleProperty().bind(shell.getCodeBehind().titleProperty());
        stage.setScene(scene);
        stage.setMinWidth(880);
        stage.setMinHeight(560);
        dialogs.attach(stage);
        stage.show();
        // Nothing slow came before the first frame.
        if (!options.images().isEmpty()) {
            services.opener().open(options.images());
        }
        var model = settings.settings().modelFolder().orElse(options.bundledModel());
        inference.useModel(Files.isDirectory(model) ? model : options.bundledModel());
    }

    @Override
    public void stop() {
        if (inference != null) {
            inference.close();
        }
        if (executor != null) {
            executor.shutdownNow();
        }
    }
}
