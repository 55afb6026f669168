package org.palimpsest.app;

import de.saxsys.mvvmfx.FluentViewLoader;
import de.saxsys.mvvmfx.MvvmFX;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelOpener;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.shell.ShellView;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.FxTaskRunner;
import org.palimpsest.ui.support.ImageOpener;
import org.palimpsest.ui.support.Workspace;

/// One window with its services, from the first frame to the last.
///
/// Made and closed on the JavaFX thread.
final class DesktopSession implements AutoCloseable {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final double LEAST_WIDTH = 880;
    private static final double LEAST_HEIGHT = 560;

    /// What a window is made of that depends on the computer, or on the test.
    record Environment(
            ModelOpener opener, SettingsStore settings, DialogService dialogs, String person) {}

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final InferenceService inference;
    private final ShellViewModel.Services services;
    private final ViewModels viewModels;

    /// Fills the stage; it is not shown yet and nothing is read yet.
    DesktopSession(Stage stage, Environment environment, Path bundledModel) {
        var tasks = new FxTaskRunner(executor);
        var workspace = new Workspace(InstantSource.system(), environment.person());
        inference = new InferenceService(environment.opener(), InstantSource.system());
        services =
                new ShellViewModel.Services(
                        workspace,
                        new ImageOpener(workspace, environment.dialogs(), tasks),
                        inference,
                        environment.settings(),
                        environment.dialogs(),
                        tasks,
                        bundledModel);
        viewModels = new ViewModels(services);
        MvvmFX.setCustomDependencyInjector(viewModels);
        var shell = FluentViewLoader.fxmlView(ShellView.class).load();
        var scene = new Scene(shell.getView(), WIDTH, HEIGHT);
        scene.getStylesheets().add(stylesheet());
        stage.titleProperty().bind(shell.getCodeBehind().titleProperty());
        stage.setScene(scene);
        stage.setOnCloseRequest(request -> {
            if (!shell.getCodeBehind().mayClose()) {
                request.consume();
            }
        });
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
    }

    private static String stylesheet() {
        return Objects.requireNonNull(
                        ShellView.class.getResource("palimpsest.css"), "palimpsest.css is missing")
                .toExternalForm();
    }

    /// Begins to open images and the model, both in the background.
    void begin(List<Path> images) {
        if (!images.isEmpty()) {
            services.opener().open(images);
        }
        inference.useModel(
                services.settings()
                        .settings()
                        .modelFolder()
                        .filter(Files::isDirectory)
                        .orElse(services.bundledModel()));
    }

    Workspace workspace() {
        return services.workspace();
    }

    <T> T viewModel(Class<T> type) {
        return viewModels.get(type);
    }

    @Override
    public void close() {
        inference.close();
        executor.shutdownNow();
    }
}
