package org.palimpsest.ui.support;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import de.saxsys.mvvmfx.FluentViewLoader;
import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.MvvmFX;
import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.application.Application;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import javafx.scene.robot.Robot;
import javafx.scene.transform.Scale;
import javafx.stage.Stage;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.command.KeyBindings;

/// One feature of the window alone, on a headless platform, with mouse, keys and pictures.
///
/// Pictures are written where the system property `palimpsest.pictures` names a folder.
public final class FeatureWindow implements AutoCloseable {
    private final Stage stage;
    private final StackPane root = new StackPane();
    private final Robot robot;

    private FeatureWindow(Parent view, double width, double height) {
        root.getStyleClass().add("shell");
        root.getChildren().add(view);
        stage = new Stage();
        var scene = new Scene(root, width, height);
        scene.getStylesheets().add("/org/palimpsest/ui/shell/palimpsest.css");
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        stage.show();
        stage.requestFocus();
        robot = new Robot();
    }

    /// Opens a window with a view; its view models and those of the views inside it are given.
    public static <M extends ViewModel> FeatureWindow open(
            Class<? extends FxmlView<M>> view, double width, double height, Object... viewModels)
            throws Exception {
        FxThread.start();
        return FxThread.call(() -> {
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheetBSS());
            MvvmFX.setCustomDependencyInjector(type -> made(type, List.of(viewModels)));
            return new FeatureWindow(
                    FluentViewLoader.fxmlView(view).resourceBundle(Texts.bundle()).load().getView(),
                    width,
                    height);
        });
    }

    private static Object made(Class<?> type, List<Object> viewModels) {
        for (var viewModel : viewModels) {
            if (type.isInstance(viewModel)) {
                return viewModel;
            }
        }
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /// Carries out commands by their usual keys, as the whole window does.
    public FeatureWindow withKeys(Commands commands) throws Exception {
        var keys = new KeyBindings(Map.of());
        FxThread.run(() ->
                stage.getScene()
                        .addEventFilter(
                                KeyEvent.KEY_PRESSED,
                                event -> {
                                    boolean typing = event.getTarget() instanceof TextInputControl;
                                    keys.match(event, typing, false)
                                            .ifPresent(command -> {
                                                if (commands.run(command)) {
                                                    event.consume();
                                                }
                                            });
                                }));
        return this;
    }

    /// What the window shows.
    public Parent root() {
        return root;
    }

    public Optional<Node> find(String selector) throws Exception {
        return FxThread.call(() -> Optional.ofNullable(root.lookup(selector)));
    }

    @SuppressWarnings("unchecked")
    public <N extends Node> N node(String selector) throws Exception {
        return (N) find(selector).orElseThrow(() -> new AssertionError("No " + selector));
    }

    public void click(Node node) throws Exception {
        FxThread.run(() -> {
            var bounds = node.localToScreen(node.getLayoutBounds());
            robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
            robot.mouseClick(MouseButton.PRIMARY);
        });
        settle();
    }

    public void press(KeyCode... keys) throws Exception {
        FxThread.run(() -> {
            for (var key : keys) {
                robot.keyPress(key);
            }
            for (int i = keys.length - 1; i >= 0; i--) {
                robot.keyRelease(keys[i]);
            }
        });
        settle();
    }

    public void type(String words) throws Exception {
        for (char letter : words.toUpperCase(Locale.ROOT).toCharArray()) {
            press(letter == ' ' ? KeyCode.SPACE : KeyCode.getKeyCode(String.valueOf(letter)));
        }
    }

    /// Waits until what was begun on the JavaFX thread is done.
    public static void settle() throws Exception {
        FxThread.run(() -> {});
        FxThread.run(() -> {});
    }

    /// Writes what is shown, in both themes and at both scales, as `name-light.png` and so on.
    public void pictures(String name) throws Exception {
        var folder = System.getProperty("palimpsest.pictures");
        if (folder == null || folder.equals("all")) {
            return;
        }
        Files.createDirectories(Path.of(folder));
        for (boolean dark : new boolean[] {false, true}) {
            FxThread.run(() ->
                    Application.setUserAgentStylesheet(
                            dark
                                    ? new PrimerDark().getUserAgentStylesheetBSS()
                                    : new PrimerLight().getUserAgentStylesheetBSS()));
            settle();
            for (int scale : new int[] {1, 2}) {
                var file =
                        Path.of(folder)
                                .resolve(
                                        name
                                                + (dark ? "-dark" : "-light")
                                                + (scale == 2 ? "@2x" : "")
                                                + ".png");
                ImageFiles.writePng(FxThread.call(() -> picture(scale)), file);
            }
        }
        FxThread.run(() ->
                Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheetBSS()));
    }

    private Picture picture(int scale) {
        root.applyCss();
        root.layout();
        var parameters = new SnapshotParameters();
        parameters.setTransform(new Scale(scale, scale));
        var image = root.snapshot(parameters, null);
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int argb = image.getPixelReader().getArgb(x, y);
                int at = (y * width + x) * 3;
                pixels[at] = (byte) (argb >> 16);
                pixels[at + 1] = (byte) (argb >> 8);
                pixels[at + 2] = (byte) argb;
            }
        }
        return new Picture(width, height, pixels);
    }

    @Override
    public void close() throws Exception {
        FxThread.run(stage::close);
    }
}
