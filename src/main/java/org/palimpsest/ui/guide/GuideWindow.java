package org.palimpsest.ui.guide;

import de.saxsys.mvvmfx.FluentViewLoader;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.support.Texts;

/// The window of the guide beside the window of the work: comes to the front when the guide is asked for, keeps its size
/// while the program runs, and goes with the main window. The key for help works in every other window too.
///
/// Confined to the JavaFX thread.
public final class GuideWindow {
    private static final double WIDTH = 1040;
    private static final double HEIGHT = 780;
    private static final double LEAST_WIDTH = 560;
    private static final double LEAST_HEIGHT = 400;

    private final Stage main;
    private final GuideViewModel viewModel;
    private final Commands commands;
    private final KeyBindings keys;
    private @Nullable Stage stage;

    /// @param main has its scene already
    public GuideWindow(Stage main, GuideViewModel viewModel, Commands commands, KeyBindings keys) {
        this.main = main;
        this.viewModel = viewModel;
        this.commands = commands;
        this.keys = keys;
        viewModel.onFocused(Focus::topic);
        viewModel.askedProperty().addListener(_ -> show());
        ListChangeListener<Window> added =
                change -> {
                    while (change.next()) {
                        change.getAddedSubList().forEach(this::hear);
                    }
                };
        Window.getWindows().addListener(added);
        main.addEventHandler(
                WindowEvent.WINDOW_HIDDEN,
                _ -> {
                    Window.getWindows().removeListener(added);
                    close();
                });
    }

    /// What no other part of a window takes: dialogs, and pages that lie over the window.
    private void hear(Window window) {
        boolean ours = window instanceof Stage one && (one.equals(main) || one.getOwner() != null);
        if (ours && window.getScene() != null) {
            window.getScene().addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        }
    }

    private void pressed(KeyEvent event) {
        if (keys.match(event, true, false).filter(Command.GUIDE::equals).isPresent()
                && commands.run(Command.GUIDE)) {
            event.consume();
        }
    }

    private void show() {
        var shown = stage;
        if (shown == null) {
            shown = make();
            stage = shown;
        }
        shown.setIconified(false);
        shown.show();
        shown.toFront();
    }

    private Stage make() {
        var root = new StackPane();
        root.getStyleClass().addAll("shell", "guide-window");
        // What the person chose for the window's size of text and colours holds here too.
        var base = main.getScene().getRoot();
        root.styleProperty().bind(base.styleProperty());
        var view = FluentViewLoader.fxmlView(GuideView.class).resourceBundle(Texts.bundle()).load();
        root.getChildren().add(view.getView());
        var scene = new Scene(root, WIDTH, HEIGHT);
        Bindings.bindContent(scene.getStylesheets(), main.getScene().getStylesheets());
        var made = new Stage();
        made.setTitle(Texts.get("guide.title"));
        made.setScene(scene);
        made.setMinWidth(LEAST_WIDTH);
        made.setMinHeight(LEAST_HEIGHT);
        made.getIcons().setAll(main.getIcons());
        scene.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        made.close();
                    }
                });
        placeBeside(made);
        made.setOnShown(_ -> view.getCodeBehind().focusPage());
        return made;
    }

    /// At the right edge of the screen that the work is on, so that some of the work stays in sight.
    private void placeBeside(Stage made) {
        Screen.getScreensForRectangle(main.getX(), main.getY(), 1, 1).stream()
                .findFirst()
                .ifPresent(screen -> {
                    var room = screen.getVisualBounds();
                    made.setWidth(Math.min(WIDTH, room.getWidth()));
                    made.setHeight(Math.min(HEIGHT, room.getHeight()));
                    made.setX(room.getMaxX() - made.getWidth());
                    made.setY(room.getMinY() + (room.getHeight() - made.getHeight()) / 2);
                });
    }

    private void close() {
        if (stage != null) {
            stage.close();
        }
    }
}
