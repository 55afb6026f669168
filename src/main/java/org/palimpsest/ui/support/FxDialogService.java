package org.palimpsest.ui.support;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.application.HostServices;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.TextInputDialog;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Modality;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.project.Project;

/// Asks and tells with the platform's file choosers, dialogs, and notices in a corner of the window.
public final class FxDialogService implements DialogService {
    private @Nullable Window window;
    private @Nullable HostServices system;

    /// The window that dialogs belong to; its root is a [StackPane].
    public void attach(Window owner) {
        window = owner;
    }

    /// What shows folders and pages outside of the window.
    public void use(HostServices services) {
        system = services;
    }

    @Override
    public void showFolder(Path folder) {
        if (system != null) {
            system.showDocument(folder.toUri().toString());
        }
    }

    @Override
    public void openPage(URI page) {
        if (system != null) {
            system.showDocument(page.toString());
        }
    }

    @Override
    public Optional<Path> chooseFolder(String title, Optional<Path> start) {
        var chooser = new DirectoryChooser();
        chooser.setTitle(title);
        startIn(start).ifPresent(chooser::setInitialDirectory);
        return Optional.ofNullable(chooser.showDialog(window)).map(File::toPath);
    }

    @Override
    public List<Path> chooseImages(Optional<Path> start) {
        var chooser = new FileChooser();
        chooser.setTitle(Texts.get("support.choose.images"));
        startIn(start).ifPresent(chooser::setInitialDirectory);
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter(
                                Texts.get("support.images"),
                                List.of(
                                        "*.jpg", "*.jpeg", "*.png", "*.webp", "*.tif", "*.tiff",
                                        "*.bmp", "*.gif", "*.JPG", "*.JPEG", "*.PNG")),
                        new FileChooser.ExtensionFilter(Texts.get("support.allFiles"), "*"));
        List<File> chosen = chooser.showOpenMultipleDialog(window);
        return chosen == null ? List.of() : chosen.stream().map(File::toPath).toList();
    }

    @Override
    public Optional<Path> chooseProject(Optional<Path> start) {
        var chooser = new FileChooser();
        chooser.setTitle(Texts.get("support.choose.project"));
        startIn(start).ifPresent(chooser::setInitialDirectory);
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter(
                                Texts.get("support.projects"), "*" + Project.EXTENSION),
                        new FileChooser.ExtensionFilter(Texts.get("support.allFiles"), "*"));
        return Optional.ofNullable(chooser.showOpenDialog(window)).map(File::toPath);
    }

    @Override
    public Optional<Path> chooseFile(String title, Optional<Path> start) {
        var chooser = new FileChooser();
        chooser.setTitle(title);
        startIn(start).ifPresent(chooser::setInitialDirectory);
        return Optional.ofNullable(chooser.showOpenDialog(window)).map(File::toPath);
    }

    @Override
    public Optional<String> askForText(String title, String question, String text) {
        var dialog = new TextInputDialog(text);
        dialog.initOwner(window);
        dialog.initModality(Modality.WINDOW_MODAL);
        dialog.setTitle(title);
        dialog.setHeaderText(title);
        dialog.setContentText(question);
        dialog.getEditor().setAccessibleText(question);
        dialog.getDialogPane().getButtonTypes().setAll(cancel(), ok());
        dialog.setResultConverter(pressed ->
                pressed != null && pressed.getButtonData() == ButtonBar.ButtonData.OK_DONE
                        ? dialog.getEditor().getText()
                        : null);
        return dialog.showAndWait().map(String::strip).filter(typed -> !typed.isEmpty());
    }

    @Override
    public Optional<Path> chooseTarget(
            String title, Optional<Path> folder, String name, String extension) {
        var chooser = new FileChooser();
        chooser.setTitle(title);
        startIn(folder).ifPresent(chooser::setInitialDirectory);
        chooser.setInitialFileName(name);
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(extension.substring(1), "*" + extension));
        return Optional.ofNullable(chooser.showSaveDialog(window))
                .map(File::toPath)
                .map(path ->
                        path.toString().endsWith(extension)
                                ? path
                                : path.resolveSibling(path.getFileName() + extension));
    }

    private static Optional<File> startIn(Optional<Path> folder) {
        return folder.filter(Files::isDirectory).map(Path::toFile);
    }

    @Override
    public boolean confirm(String title, String question, String action) {
        var go = new ButtonType(action, ButtonBar.ButtonData.OK_DONE);
        var alert = alert(Alert.AlertType.CONFIRMATION, title, question);
        alert.getButtonTypes().setAll(cancel(), go);
        return alert.showAndWait().filter(go::equals).isPresent();
    }

    @Override
    public void show(Problem problem) {
        var text = new StringBuilder(problem.detail());
        if (!problem.remedy().isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n\n").append(problem.remedy());
        }
        var alert = alert(Alert.AlertType.ERROR, problem.summary(), text.toString());
        alert.getButtonTypes().setAll(ok());
        alert.show();
    }

    /// JavaFX writes its own buttons in the language of the system, which need not be the window's.
    private static ButtonType ok() {
        return new ButtonType(Texts.get("support.ok"), ButtonBar.ButtonData.OK_DONE);
    }

    private static ButtonType cancel() {
        return new ButtonType(Texts.get("support.cancel"), ButtonBar.ButtonData.CANCEL_CLOSE);
    }

    private Alert alert(Alert.AlertType type, String header, String text) {
        var alert = new Alert(type);
        alert.initOwner(window);
        // The guide can be read meanwhile.
        alert.initModality(Modality.WINDOW_MODAL);
        alert.setTitle("Palimpsest");
        alert.setHeaderText(header);
        alert.setContentText(text);
        alert.getDialogPane().setMinHeight(Region.USE_PREF_SIZE);
        alert.getDialogPane().setPrefWidth(480);
        return alert;
    }

    @Override
    public void notify(String message) {
        notices().ifPresent(notices -> notices.show(message));
    }

    @Override
    public void notify(String message, String action, Runnable run) {
        notices().ifPresent(notices -> notices.show(message, action, run));
    }

    /// Over the canvas where there is one, else over the whole window.
    private Optional<Notices> notices() {
        if (window == null || !(window.getScene().getRoot() instanceof StackPane root)) {
            return Optional.empty();
        }
        var host =
                root.lookup(".notice-host") instanceof StackPane canvas && isSeen(canvas)
                        ? canvas
                        : root;
        return Optional.of(Notices.in(host));
    }

    private static boolean isSeen(Node node) {
        for (Node one = node; one != null; one = one.getParent()) {
            if (!one.isVisible()) {
                return false;
            }
        }
        return true;
    }
}
