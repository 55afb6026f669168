package org.palimpsest.ui.support;

import atlantafx.base.controls.Notification;
import atlantafx.base.theme.Styles;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.application.HostServices;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.TextInputDialog;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.problem.Problem;
import org.palimpsest.project.Project;

/// Asks and tells with the platform's file choosers, dialogs, and notices in a corner of the window.
public final class FxDialogService implements DialogService {
    private static final Duration NOTICE_TIME = Duration.seconds(5);
    private static final double NOTICE_WIDTH = 340;

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
        dialog.setTitle(title);
        dialog.setHeaderText(title);
        dialog.setContentText(question);
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
        alert.getButtonTypes().setAll(ButtonType.CANCEL, go);
        return alert.showAndWait().filter(go::equals).isPresent();
    }

    @Override
    public void show(Problem problem) {
        var text = new StringBuilder(problem.detail());
        if (!problem.remedy().isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n\n").append(problem.remedy());
        }
        alert(Alert.AlertType.ERROR, problem.summary(), text.toString()).show();
    }

    private Alert alert(Alert.AlertType type, String header, String text) {
        var alert = new Alert(type);
        alert.initOwner(window);
        alert.setTitle("Palimpsest");
        alert.setHeaderText(header);
        alert.setContentText(text);
        alert.getDialogPane().setMinHeight(Region.USE_PREF_SIZE);
        alert.getDialogPane().setPrefWidth(480);
        return alert;
    }

    @Override
    public void notify(String message) {
        notify(message, Optional.empty());
    }

    @Override
    public void notify(String message, String action, Runnable run) {
        notify(message, Optional.of(new Offer(action, run)));
    }

    private record Offer(String action, Runnable run) {}

    private void notify(String message, Optional<Offer> offer) {
        if (window == null || !(window.getScene().getRoot() instanceof Pane root)) {
            return;
        }
        var notice = new Notification(message, new FontIcon("mdal-check_circle"));
        notice.getStyleClass().addAll(Styles.SUCCESS, Styles.ELEVATED_1, "notice-corner");
        notice.setPrefHeight(Region.USE_PREF_SIZE);
        notice.setMaxHeight(Region.USE_PREF_SIZE);
        notice.setMaxWidth(NOTICE_WIDTH);
        StackPane.setAlignment(notice, Pos.BOTTOM_LEFT);
        StackPane.setMargin(notice, new Insets(0, 0, 44, 16));
        offer.ifPresent(choice -> {
            var button = new Button(choice.action());
            button.getStyleClass().add(Styles.FLAT);
            button.setOnAction(_ -> {
                root.getChildren().remove(notice);
                choice.run().run();
            });
            notice.setPrimaryActions(button);
        });
        Node shown = notice;
        var pause = new PauseTransition(NOTICE_TIME);
        pause.setOnFinished(_ -> root.getChildren().remove(shown));
        notice.setOnClose(_ -> root.getChildren().remove(shown));
        root.getChildren().removeIf(node -> node.getStyleClass().contains("notice-corner"));
        root.getChildren().add(notice);
        pause.play();
    }
}
