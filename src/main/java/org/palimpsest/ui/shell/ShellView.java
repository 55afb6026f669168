package org.palimpsest.ui.shell;

import de.saxsys.mvvmfx.FluentViewLoader;
import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.io.File;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableStringValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.settings.Accessibility;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.compare.CompareView;
import org.palimpsest.ui.settings.Appearance;
import org.palimpsest.ui.support.Motion;
import org.palimpsest.ui.support.Notices;
import org.palimpsest.ui.support.Texts;

/// The main window's content: puts the parts together. Confined to the JavaFX thread.
public final class ShellView implements FxmlView<ShellViewModel> {
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");
    private static final double BROWSER_WIDTH = 276;
    private static final double SIDE_WIDTH = 340;

    @FXML private StackPane root;
    @FXML private MenuBar menuBar;
    @FXML private HBox toolBar;
    @FXML private HBox banner;
    @FXML private FontIcon bannerIcon;
    @FXML private Label bannerText;
    @FXML private Hyperlink bannerAction;
    @FXML private Node bannerClose;
    @FXML private SplitPane split;
    @FXML private Region browser;
    @FXML private VBox toolStrip;
    @FXML private StackPane center;
    @FXML private Node canvas;
    @FXML private ScrollPane side;
    @FXML private StackPane page;
    @FXML private Node welcome;
    @FXML private WelcomeView welcomeController;
    @FXML private StatusBarView statusController;

    @InjectViewModel private ShellViewModel viewModel;

    public void initialize() {
        var layout = viewModel.layout();
        var memory = new WindowMemory(layout);
        var overlays = new Overlays(root);
        var jobs = new JobsPage(statusController.viewModel(), root);
        statusController.onShowJobs(jobs::toggle);
        var stack = new SideStack(layout);
        side.setContent(stack);
        viewModel.take(
                Command.QUEUE,
                viewModel.hasProjectProperty(),
                () -> {
                    layout.reveal("queue");
                    stack.focus("queue");
                });
        statusController.onShowRuns(() -> viewModel.commands().run(Command.QUEUE));
        addCompare();
        var palette = new CommandPalette(viewModel.palette(), overlays);
        var help = new ShortcutPage(viewModel, overlays);
        var settings = new SettingsPage(overlays);
        viewModel.take(Command.PALETTE, palette::open);
        viewModel.take(Command.KEYS, help::toggle);
        viewModel.take(Command.SETTINGS, settings::open);
        viewModel.take(Command.ABOUT, new AboutPage(overlays)::open);
        viewModel.take(Command.NOTICE, () -> Notices.focusLatest(root));
        var areas = new FocusAreas(this::areas);
        viewModel.take(Command.NEXT_AREA, () -> areas.step(focus(), 1));
        viewModel.take(Command.PREVIOUS_AREA, () -> areas.step(focus(), -1));
        viewModel.take(
                Command.FOCUS_MODE,
                viewModel.hasProjectProperty(),
                () -> layout.focusModeProperty().set(!layout.focusModeProperty().get()));
        var keys =
                new KeyDispatcher(
                        viewModel.commands(),
                        viewModel.keys(),
                        overlays,
                        viewModel.pages(),
                        viewModel::later);
        keys.onArrow(viewModel::arrow);
        keys.onImageEnter(viewModel::enter);
        keys.onLabelKey(viewModel::labelKey);
        keys.onLeavingText(this::focusImage);
        keys.install(root);
        new MenuBuilder(viewModel, keys).fill(menuBar);
        var tools = new ToolBarBuilder(viewModel);
        tools.fillRow(toolBar);
        tools.fillTools(toolStrip);
        new SplitMemory(split, memory, layout).arrange(browser, BROWSER_WIDTH, side, SIDE_WIDTH);
        new PageHost(
                page, viewModel.pages(), viewModel.commands(), viewModel.keys(), this::focusImage);
        viewModel.pages().openProperty().addListener(_ -> showProject());
        viewModel.hasProjectProperty().addListener(_ -> showProject());
        showProject();
        viewModel.noteProperty().addListener(_ -> showNote());
        showNote();
        viewModel.closingProperty().addListener(_ -> closeWindow());
        dress(memory);
        root.setOnDragOver(ShellView::acceptFiles);
        root.setOnDragDropped(this::openDropped);
    }

    private @Nullable Node focus() {
        return root.getScene() == null ? null : root.getScene().getFocusOwner();
    }

    /// The parts of the window from the upper left to the lower right.
    private List<Node> areas() {
        var images = List.<Node>of(toolBar, banner, browser, toolStrip, center, side);
        var whole = List.<Node>of(banner, page.isVisible() ? page : welcome);
        return Stream.concat(
                        split.isVisible() ? images.stream() : whole.stream(),
                        Stream.of(root.lookup(".status-bar")))
                .filter(part -> part != null && part.isVisible())
                .toList();
    }

    private void focusImage() {
        var pane = canvas.lookup(".canvas-pane");
        if (pane != null) {
            pane.requestFocus();
        }
    }

    /// The comparison lies in the place of the canvas while it is open.
    private void addCompare() {
        var compare =
                FluentViewLoader.fxmlView(CompareView.class).resourceBundle(Texts.bundle()).load();
        var open = compare.getViewModel().openProperty();
        compare.getView().visibleProperty().bind(open);
        compare.getView().managedProperty().bind(open);
        canvas.visibleProperty().bind(open.not());
        center.getChildren().add(compare.getView());
    }

    /// The colours and the size of everything, for this window and those that it opens.
    private void dress(WindowMemory memory) {
        var appearance =
                new Appearance(
                        Platform.getPreferences().colorSchemeProperty(),
                        Objects.requireNonNull(ShellView.class.getResource("palimpsest.css")));
        var preferences = viewModel.preferences();
        var calm =
                BooleanExpression.booleanExpression(
                        preferences.accessibilityProperty().map(Accessibility::reducedMotion));
        var motion = new Motion(Platform.getPreferences().reducedMotionProperty(), calm);
        Runnable show =
                () ->
                        appearance.show(
                                preferences.themeProperty().get(),
                                preferences.scaleProperty().get());
        preferences.themeProperty().addListener(_ -> show.run());
        preferences.scaleProperty().addListener(_ -> show.run());
        show.run();
        root.sceneProperty()
                .addListener((_, _, scene) -> {
                    if (scene != null) {
                        appearance.dress(scene);
                        motion.dress(scene);
                        scene.windowProperty()
                                .addListener((_, _, window) -> {
                                    if (window != null) {
                                        memory.attach(window);
                                        window.addEventHandler(
                                                WindowEvent.WINDOW_HIDDEN,
                                                _ -> {
                                                    appearance.close();
                                                    motion.close();
                                                });
                                    }
                                });
                    }
                });
    }

    /// What the window is called.
    public ObservableStringValue titleProperty() {
        return viewModel.titleProperty();
    }

    /// Whether the window may be closed; asks where work would be lost.
    public boolean mayClose() {
        return viewModel.mayClose();
    }

    private void closeWindow() {
        if (viewModel.closingProperty().get()) {
            viewModel.closingProperty().set(false);
            var window = root.getScene().getWindow();
            window.fireEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSE_REQUEST));
        }
    }

    /// The images, or what is offered while no project is open, unless a page lies in their place.
    private void showProject() {
        boolean open = viewModel.hasProjectProperty().get();
        boolean images = viewModel.pages().openProperty().get().isEmpty();
        show(welcome, !open && images);
        show(split, open && images);
        show(toolBar, open && images);
        if (!open) {
            welcomeController.refresh();
        }
    }

    private void showNote() {
        var note = viewModel.noteProperty().get();
        show(banner, note.isPresent());
        note.ifPresent(one -> {
            bannerText.setText(one.text());
            bannerIcon.setIconLiteral(
                    switch (one.kind()) {
                        case HINT -> "mdmz-science";
                        case WARNING -> "mdmz-warning";
                        case ERROR -> "mdal-error_outline";
                    });
            banner.pseudoClassStateChanged(WARNING, one.kind() == Note.Kind.WARNING);
            banner.pseudoClassStateChanged(ERROR, one.kind() == Note.Kind.ERROR);
            show(bannerClose, one.closable());
            show(bannerAction, one.action().isPresent());
            one.action().ifPresent(command -> bannerAction.setText(command.title()));
        });
    }

    private static void acceptFiles(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    private void openDropped(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            viewModel.open(event.getDragboard().getFiles().stream().map(File::toPath).toList());
            event.setDropCompleted(true);
            event.consume();
        }
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void actOnNote() {
        viewModel
                .noteProperty()
                .get()
                .flatMap(Note::action)
                .ifPresent(command -> viewModel.commands().run(command));
    }

    @FXML
    private void closeBanner() {
        viewModel.closeNote();
    }
}
