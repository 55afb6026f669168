package org.palimpsest.ui.canvas;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.fxml.FXML;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.geometry.Box;
import org.palimpsest.ui.canvas.tool.CursorKind;
import org.palimpsest.ui.control.RovingFocus;
import org.palimpsest.ui.support.Texts;

/// The picture with its objects. Confined to the JavaFX thread.
public final class CanvasView implements FxmlView<CanvasViewModel> {
    /// The base size of text at 100 %.
    private static final double USUAL_FONT = 14;

    @FXML private StackPane stack;
    @FXML private CanvasPane pane;
    @FXML private ProgressIndicator loading;
    @FXML private VBox empty;
    @FXML private FontIcon emptyIcon;
    @FXML private Label emptyTitle;
    @FXML private Label emptyText;
    @FXML private HBox emptyActions;
    @FXML private HBox zoomBar;
    @FXML private Button zoomText;
    @FXML private Button fit;
    @FXML private OverviewPane overview;
    @FXML private TonePane tone;

    @InjectViewModel private CanvasViewModel viewModel;

    private @Nullable CanvasPainter painter;

    // Kept, because they only listen.
    @SuppressWarnings("UnusedVariable")
    private @Nullable NameEditor nameEditor;

    @SuppressWarnings("UnusedVariable")
    private @Nullable PointerInput pointer;

    public void initialize() {
        nameEditor = new NameEditor(viewModel, stack, pane);
        pointer = new PointerInput(pane, viewModel);
        var painting = new CanvasPainter(viewModel, pane.canvas(), pane::requestRedraw);
        painter = painting;
        pane.setPainter(() -> paint(painting));
        listen(painting);
        overview.use(viewModel.camera());
        tone.bind(viewModel.display().toneProperty());
        tone.visibleProperty().bind(viewModel.display().toneShownProperty());
        scaleTags(painting);
        aim();
        speak();
        RovingFocus.in(zoomBar);
        pane.widthProperty()
                .addListener(_ -> viewModel.camera().resize(pane.getWidth(), pane.getHeight()));
        pane.heightProperty()
                .addListener(_ -> viewModel.camera().resize(pane.getWidth(), pane.getHeight()));
        zoomText.setTooltip(new Tooltip(Texts.get("canvas.actualSize")));
        fit.setTooltip(new Tooltip(Texts.get("canvas.fit")));
        painting.pictureChanged();
        showZoom(viewModel.camera().viewport());
        showState();
    }

    private void listen(CanvasPainter painting) {
        var display = viewModel.display();
        viewModel
                .camera()
                .viewportProperty()
                .addListener((_, _, view) -> {
                    painting.viewMoved();
                    showZoom(view);
                });
        viewModel.previewProperty().addListener((_, _, shown) -> painting.previewChanged(shown));
        display.shapesProperty().addListener((_, _, change) -> painting.shapesChanged(change));
        InvalidationListener looks = _ -> painting.looksChanged();
        ReadOnlyObjectProperty<?>[] ofObjects = {
            viewModel.workspace().selectionProperty(), viewModel.workspace().labelsProperty()
        };
        for (var property : ofObjects) {
            property.addListener(looks);
        }
        viewModel.workspace().labelColors().safeProperty().addListener(looks);
        display.hiddenProperty().addListener(looks);
        display.rejectedShownProperty().addListener(looks);
        InvalidationListener redraw = _ -> pane.requestRedraw();
        display.lockedProperty().addListener(redraw);
        display.spreadsProperty().addListener(redraw);
        display.arrivingProperty().addListener(redraw);
        display.tagsShownProperty().addListener(redraw);
        display.overviewShownProperty().addListener(redraw);
        display.picture().grownProperty().addListener(redraw);
        display.toneProperty().addListener(_ -> painting.pictureChanged());
        viewModel
                .pictureProperty()
                .addListener(_ -> {
                    painting.pictureChanged();
                    showState();
                });
        viewModel.loadingProperty().addListener(_ -> showState());
        viewModel.problemProperty().addListener(_ -> showState());
        viewModel.workspace().currentImageProperty().addListener(_ -> showState());
    }

    /// Tags are as large as other text.
    private void scaleTags(CanvasPainter painting) {
        emptyTitle
                .fontProperty()
                .addListener((_, _, font) -> {
                    painting.scaleTags(font.getSize() / USUAL_FONT);
                    pane.requestRedraw();
                });
    }

    /// What is seen, in words; a change is told to whoever listens.
    private void speak() {
        pane.accessibleTextProperty().bind(CanvasSpeech.of(viewModel));
        pane.accessibleTextProperty()
                .addListener(_ -> pane.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT));
    }

    /// Lines to aim by while something is drawn, and what the pointer is on.
    private void aim() {
        var crosshair = new Crosshair(stack, pane);
        InvalidationListener byKeys = _ -> follow(crosshair);
        viewModel.crosshairProperty().addListener(byKeys);
        viewModel.camera().viewportProperty().addListener(byKeys);
        pane.addEventHandler(
                MouseEvent.ANY,
                event -> {
                    if (viewModel.crosshairProperty().get().isPresent()) {
                        return; // The keys lead; a pointer that really moves takes over.
                    }
                    boolean aims = viewModel.cursorProperty().get() == CursorKind.CROSSHAIR;
                    if (aims && event.getEventType() != MouseEvent.MOUSE_EXITED) {
                        crosshair.show(event.getX(), event.getY());
                    } else {
                        crosshair.hide();
                    }
                    if (event.getEventType() == MouseEvent.MOUSE_MOVED && painter != null) {
                        painter.hover(at(event));
                    }
                });
        viewModel
                .cursorProperty()
                .addListener((_, _, kind) -> {
                    if (kind != CursorKind.CROSSHAIR) {
                        crosshair.hide();
                    }
                });
    }

    /// The crosshair where arrow keys have put it.
    private void follow(Crosshair crosshair) {
        var view = viewModel.camera().viewport();
        viewModel
                .crosshairProperty()
                .get()
                .ifPresentOrElse(
                        at -> crosshair.show(view.toScreenX(at.x()), view.toScreenY(at.y())),
                        () -> {
                            if (!pane.isHover()) {
                                crosshair.hide();
                            }
                        });
    }

    private Optional<AnnotationId> at(MouseEvent event) {
        if (viewModel.display().spreadsProperty().get().isEmpty()) {
            return Optional.empty();
        }
        var point = viewModel.camera().viewport().toImage(event.getX(), event.getY());
        return viewModel.shapes().topmostFirst(Box.between(point, point)).stream()
                .filter(viewModel.display()::isShown)
                .findFirst()
                .map(object -> object.id());
    }

    private void paint(CanvasPainter painting) {
        long begun = System.nanoTime();
        painting.paint();
        boolean mapped =
                viewModel.display().overviewShownProperty().get()
                        && viewModel.pictureProperty().get() != null;
        overview.setVisible(mapped);
        if (mapped) {
            viewModel
                    .display()
                    .picture()
                    .size()
                    .ifPresent(size ->
                            overview.paint(painting.picture(), size.width(), size.height()));
        }
        viewModel.display().frameTook(System.nanoTime() - begun);
    }

    private void showState() {
        boolean noPicture = viewModel.pictureProperty().get() == null;
        boolean waits = viewModel.loadingProperty().get();
        loading.setVisible(waits && noPicture);
        zoomBar.setVisible(!noPicture);
        var problem = viewModel.problemProperty().get();
        show(empty, noPicture && !waits);
        show(emptyActions, problem.isEmpty());
        if (problem.isPresent()) {
            emptyIcon.setIconLiteral("mdal-broken_image");
            emptyTitle.setText(problem.get().summary());
            emptyText.setText(
                    problem.get().detail()
                            + (problem.get().remedy().isEmpty()
                                    ? ""
                                    : "\n" + problem.get().remedy()));
        } else {
            emptyIcon.setIconLiteral("mdal-image");
            emptyTitle.setText(Texts.get("canvas.empty.title"));
            emptyText.setText(Texts.get("canvas.empty.text"));
        }
    }

    private void showZoom(Viewport view) {
        zoomText.setText(Texts.get("canvas.zoom", view.scale()));
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void zoomIn() {
        viewModel.camera().zoomIn();
    }

    @FXML
    private void zoomOut() {
        viewModel.camera().zoomOut();
    }

    @FXML
    private void actualSize() {
        viewModel.camera().actualSize();
    }

    @FXML
    private void fit() {
        viewModel.camera().fit();
    }

    @FXML
    private void openFolder() {
        viewModel.openFolder();
    }

    @FXML
    private void openFiles() {
        viewModel.openFiles();
    }
}
