package org.palimpsest.ui.canvas;

import de.saxsys.mvvmfx.FluentViewLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.shell.ShellView;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// A window with a canvas alone, for tests. To be used on the JavaFX thread.
final class CanvasStage implements AutoCloseable {
    final Workspace workspace;
    final CanvasViewModel viewModel;
    final CanvasView view;
    private final Stage stage = new Stage();

    CanvasStage(TaskRunner tasks, Path folder, int width, int height) {
        workspace = Samples.workspace(tasks, new RecordingDialogs());
        var display = Displays.display(workspace, tasks, folder);
        viewModel =
                new CanvasViewModel(
                        workspace,
                        Samples.opener(
                                workspace,
                                new RecordingDialogs(),
                                new ImmediateTaskRunner(),
                                folder),
                        new Pointer(),
                        display,
                        new ToolBench(workspace, display, new RecordingDialogs()));
        var loaded =
                FluentViewLoader.fxmlView(CanvasView.class)
                        .viewModel(viewModel)
                        .resourceBundle(Texts.bundle())
                        .load();
        view = loaded.getCodeBehind();
        var scene = new Scene(loaded.getView(), width, height);
        scene.getStylesheets().add(ShellView.class.getResource("palimpsest.css").toExternalForm());
        stage.setScene(scene);
        stage.show();
    }

    /// A toolkit theme for all windows.
    static void theme(String stylesheet) {
        Application.setUserAgentStylesheet(stylesheet);
    }

    void open(List<ImageEntry> images) {
        Samples.open(workspace, images);
    }

    Scene scene() {
        return stage.getScene();
    }

    /// What is seen, once nothing is drawn in the background any more.
    Picture picture() {
        for (int i = 0; i < 4; i++) {
            stage.getScene().getRoot().requestLayout();
            stage.getScene().getRoot().layout();
        }
        WritableImage image = stage.getScene().getRoot().snapshot(new SnapshotParameters(), null);
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var bgra = new byte[4 * width * height];
        image.getPixelReader()
                .getPixels(
                        0,
                        0,
                        width,
                        height,
                        PixelFormat.getByteBgraInstance(),
                        ByteBuffer.wrap(bgra),
                        4 * width);
        var rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            rgb[3 * i] = bgra[4 * i + 2];
            rgb[3 * i + 1] = bgra[4 * i + 1];
            rgb[3 * i + 2] = bgra[4 * i];
        }
        return new Picture(width, height, rgb);
    }

    /// Writes what is seen where a person wants to look at it.
    static void keep(Picture picture, String name) throws ProblemException, IOException {
        var folder = System.getProperty("palimpsest.screenshots");
        if (folder != null) {
            ImageFiles.writePng(picture, Path.of(folder, name + ".png"));
        }
    }

    @Override
    public void close() {
        stage.close();
        workspace.use(null);
    }

    static void onFx(Runnable work) throws Exception {
        FxThread.run(work);
    }
}
