package org.palimpsest.ui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import de.saxsys.mvvmfx.FluentViewLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.imaging.ThumbnailFiles;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.FxTaskRunner;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// The browser with mouse and keys, on a headless platform.
@Timeout(120)
final class BrowserViewTest {
    @TempDir Path folder;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService makers = Executors.newSingleThreadExecutor();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Commands commands = new Commands();
    private List<ImageEntry> images;
    private Workspace workspace;
    private BrowserViewModel browser;
    private Stage stage;
    private Robot robot;

    @BeforeAll
    static void startJavaFx() throws Exception {
        FxThread.start();
    }

    @BeforeEach
    void openWindow() throws Exception {
        images = Samples.images(folder, 6);
        FxThread.run(() -> {
            var tasks = new FxTaskRunner(executor);
            workspace = Samples.workspace(tasks, dialogs);
            var files =
                    new ThumbnailFiles(folder.resolve("cache"), 1 << 20, InstantSource.system());
            browser =
                    new BrowserViewModel(
                            workspace,
                            tasks,
                            commands,
                            dialogs,
                            new ThumbnailQueue(files, makers, 1));
            var view =
                    FluentViewLoader.fxmlView(BrowserView.class)
                            .viewModel(browser)
                            .resourceBundle(Texts.bundle())
                            .load();
            stage = new Stage();
            stage.setScene(new Scene(view.getView(), 420, 700));
            stage.setX(0);
            stage.setY(0);
            stage.show();
            stage.requestFocus();
            robot = new Robot();
            Samples.open(workspace, images);
        });
        FxThread.await("images are listed", () -> workspace.images().lines().size() == 6);
        FxThread.await("they are in sight", () -> tile(images.getFirst()) != null);
    }

    @AfterEach
    void closeWindow() throws Exception {
        FxThread.run(() -> {
            stage.close();
            workspace.use(null);
        });
        // A thumbnail that is being written would keep its folder from being deleted.
        makers.shutdownNow();
        executor.shutdownNow();
        assertThat(makers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aJumpToAnImageFarAwayShowsIt() throws Exception {
        FxThread.run(() -> stage.setHeight(400)); // not all rows
        var last = images.getLast();
        FxThread.run(() -> workspace.show(last.id()));
        FxThread.await("it is on the screen", () -> last.equals(workspace.currentImage()));
        FxThread.await("its tile is in sight", () -> isInSight(last));
    }

    private boolean isInSight(ImageEntry image) {
        var tile = tile(image);
        var grid = stage.getScene().lookup(".image-grid");
        return tile != null
                && grid.localToScene(grid.getLayoutBounds())
                        .contains(tile.localToScene(tile.getWidth() / 2, tile.getHeight() / 2));
    }

    @Test
    void aPersonFiltersSelectsSetsTheStateAndUndoesThat() throws Exception {
        FxThread.run(() -> commands.run(Command.FIND));
        FxThread.run(() -> field().setText("name:b.png or name:c.png"));
        press(KeyCode.ENTER);
        FxThread.await("two images are left", () -> workspace.images().lines().size() == 2);
        FxThread.await("that is said", () -> labelled("2 of 6"));

        click(FxThread.call(() -> tile(images.get(1))));
        FxThread.await("it is on the screen", () -> images.get(1).equals(workspace.currentImage()));
        press(KeyCode.A, KeyCode.CONTROL);
        assertThat(FxThread.call(browser::selectedIds)).hasSize(2);
        FxThread.run(() -> menuItem("Set state", "Done").fire());
        FxThread.await("both are done", () -> areAll(ImageState.DONE));
        FxThread.await("both tiles show it", () -> badges(ImageState.DONE) == 2);

        FxThread.run(dialogs.actions.getLast());
        FxThread.await("both are new again", () -> areAll(ImageState.NEW));
    }

    @Test
    void aMistakeInTheFilterIsNamedWithItsPlaceAndAStateButtonFilters() throws Exception {
        FxThread.run(() -> {
            field().setText("(name:a");
            field().fireEvent(new ActionEvent());
        });
        var fault = FxThread.call(() -> (Label) node("#filterFault"));
        assertThat(fault.isVisible()).isTrue();
        assertThat(fault.getText()).startsWith("At character 1").contains("not closed");

        FxThread.run(() -> {
            field().clear();
            node("#stateDONE").fireEvent(new ActionEvent());
        });
        FxThread.await("nothing is done", () -> workspace.images().lines().isEmpty());
        assertThat(FxThread.call(() -> field().getText())).isEqualTo("state:done");
        FxThread.await("the way back is offered", () -> labelled("No image fits"));
        FxThread.run(() -> buttonWith("Clear the filter").fire());
        FxThread.await("all are there", () -> workspace.images().lines().size() == 6);
    }

    @Test
    void theGridIsWalkedByKeys() throws Exception {
        FxThread.run(() -> node("#imageGrid").requestFocus());
        press(KeyCode.HOME);
        press(KeyCode.RIGHT);
        assertThat(FxThread.call(() -> workspace.currentImage())).isEqualTo(images.get(1));
        press(KeyCode.END);
        assertThat(FxThread.call(() -> workspace.currentImage())).isEqualTo(images.get(5));
        press(KeyCode.LEFT, KeyCode.SHIFT);
        press(KeyCode.LEFT, KeyCode.SHIFT);
        assertThat(FxThread.call(browser::selectedIds))
                .containsExactly(images.get(3).id(), images.get(4).id(), images.get(5).id());
        assertThat(FxThread.call(() -> workspace.currentImage())).isEqualTo(images.get(5));
    }

    @Test
    void aBarOfTheStatisticsFilters() throws Exception {
        FxThread.run(() -> {
            browser.choose(2, ImageSelection.Extension.ALONE);
            browser.addTag("night");
        });
        FxThread.await("it has its tag", () -> !browser.tagsOfSelected().isEmpty());
        FxThread.run(() -> commands.run(Command.STATISTICS));
        FxThread.await("there is a bar", () -> barOf("night: 1. Filter by it") != null);
        FxThread.run(() -> barOf("night: 1. Filter by it").fire());
        FxThread.await("one image is left", () -> workspace.images().lines().size() == 1);
        assertThat(FxThread.call(() -> field().getText())).isEqualTo("tag:night");
    }

    @Test
    void anImageWhoseFileWentAwayIsMarkedUntilItIsBack() throws Exception {
        var image = images.getLast();
        Files.move(image.file(), folder.resolve("away"));
        FxThread.run(() -> {
            browser.forgetThumbnails();
            ((ImageGrid) node("#imageGrid")).refresh();
        });
        FxThread.await("it is marked", () -> isMissing(image, true) && isMarked(image));
        Files.move(folder.resolve("away"), image.file());
        FxThread.await("it is looked for again", () -> isMissing(image, false) && !isMarked(image));
    }

    private TextField field() {
        return (TextField) node("#filter");
    }

    private Node node(String selector) {
        return stage.getScene().lookup(selector);
    }

    private Set<Node> nodes(String selector) {
        return stage.getScene().getRoot().lookupAll(selector);
    }

    private ImageTile tile(ImageEntry image) {
        int place = workspace.images().indexOf(image.id());
        return nodes(".image-tile").stream()
                .map(ImageTile.class::cast)
                .filter(tile -> tile.index() == place && tile.getWidth() > 0)
                .findFirst()
                .orElse(null);
    }

    private boolean isMissing(ImageEntry image, boolean missing) {
        return browser.thumbnail(image).filter(shown -> shown.missing() == missing).isPresent();
    }

    private boolean isMarked(ImageEntry image) {
        return tile(image).lookup(".missing-badge").isVisible();
    }

    private boolean labelled(String text) {
        return nodes(".label").stream()
                .anyMatch(node -> node instanceof Label label && label.getText().equals(text));
    }

    private Button buttonWith(String text) {
        return nodes(".button").stream()
                .map(Button.class::cast)
                .filter(button -> text.equals(button.getText()))
                .findFirst()
                .orElseThrow();
    }

    private Button barOf(String accessibleText) {
        return nodes(".bar-button").stream()
                .map(Button.class::cast)
                .filter(button -> accessibleText.equals(button.getAccessibleText()))
                .findFirst()
                .orElse(null);
    }

    private boolean areAll(ImageState state) {
        return workspace.images().lines().stream().allMatch(line -> line.state() == state);
    }

    private long badges(ImageState state) {
        return nodes(".badge .state-icon").stream()
                .filter(icon -> icon.getPseudoClassStates().contains(StateIcons.pseudoClass(state)))
                .count();
    }

    private MenuItem menuItem(String menu, String item) {
        var items = new SelectionMenu(browser).items();
        var found =
                items.stream()
                        .filter(one -> menu.equals(one.getText()))
                        .map(Menu.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertThat(((MenuButton) node("#more")).getItems()).hasSameSizeAs(items);
        return found.getItems().stream()
                .filter(one -> item.equals(one.getText()))
                .findFirst()
                .orElseThrow();
    }

    private void click(Node node) throws Exception {
        FxThread.run(() -> {
            var middle =
                    node.localToScreen(
                            node.getLayoutBounds().getCenterX(),
                            node.getLayoutBounds().getCenterY());
            robot.mouseMove(middle);
            robot.mouseClick(MouseButton.PRIMARY);
        });
    }

    private void press(KeyCode code, KeyCode... held) throws Exception {
        FxThread.run(() -> {
            for (var one : held) {
                robot.keyPress(one);
            }
            robot.keyPress(code);
            robot.keyRelease(code);
            for (var one : held) {
                robot.keyRelease(one);
            }
        });
    }
}
