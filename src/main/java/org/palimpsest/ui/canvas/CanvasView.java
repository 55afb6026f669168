package org.palimpsest.ui.canvas;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import javafx.beans.InvalidationListener;
import javafx.fxml.FXML;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.canvas.tool.CursorKind;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.support.FxImages;

/// The picture with its objects. Confined to the JavaFX thread.
public final class CanvasView implements FxmlView<CanvasViewModel> {
    private static final double LINE = 40;

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

    @InjectViewModel private CanvasViewModel viewModel;

    private @Nullable ShapePainter painter;
    private @Nullable Image image;
    private @Nullable NameEditor nameEditor;
    private boolean spaceDown;
    private double panX;
    private double panY;
    private boolean panning;
    private boolean drawing;

    public void initialize() {
        nameEditor = new NameEditor(viewModel, stack, pane);
        pane.setPainter(this::paint);
        InvalidationListener redraw = _ -> pane.requestRedraw();
        viewModel.camera().viewportProperty().addListener(redraw);
        viewModel.previewProperty().addListener(redraw);
        viewModel.workspace().currentProperty().addListener(redraw);
        viewModel.workspace().selectionProperty().addListener(redraw);
        viewModel
                .pictureProperty()
                .addListener((_, _, picture) -> {
                    image = picture == null ? null : FxImages.of(picture);
                    pane.requestRedraw();
                    showState();
                });
        viewModel.loadingProperty().addListener(_ -> showState());
        viewModel.problemProperty().addListener(_ -> showState());
        viewModel.workspace().currentImageProperty().addListener(_ -> showState());
        viewModel.camera().viewportProperty().addListener((_, _, view) -> showZoom(view));
        viewModel.cursorProperty().addListener(_ -> showCursor());
        pane.widthProperty()
                .addListener(_ -> viewModel.camera().resize(pane.getWidth(), pane.getHeight()));
        pane.heightProperty()
                .addListener(_ -> viewModel.camera().resize(pane.getWidth(), pane.getHeight()));
        zoomText.setTooltip(new Tooltip("Actual size (1)"));
        fit.setTooltip(new Tooltip("Fit the image (F)"));
        handlePointer();
        showZoom(viewModel.camera().viewportProperty().get());
        showState();
    }

    private void handlePointer() {
        pane.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        pane.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        pane.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        pane.setOnMouseMoved(event -> viewModel.moved(event.getX(), event.getY()));
        pane.setOnMouseExited(_ -> viewModel.exited());
        pane.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY
                    && event.getClickCount() == 2
                    && event.isStillSincePress()) {
                viewModel.doubleClicked(event.getX(), event.getY());
            }
        });
        pane.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        pane.addEventHandler(
                ZoomEvent.ZOOM,
                event ->
                        viewModel
                                .camera()
                                .zoomAt(event.getX(), event.getY(), event.getZoomFactor()));
        pane.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.SPACE) {
                spaceDown = true;
                showCursor();
                event.consume();
            }
        });
        pane.setOnKeyReleased(event -> {
            if (event.getCode() == KeyCode.SPACE) {
                spaceDown = false;
                showCursor();
            }
        });
        pane.focusedProperty()
                .addListener(_ -> {
                    spaceDown = false;
                    showCursor();
                });
    }

    private void pressed(MouseEvent event) {
        pane.requestFocus();
        boolean pans =
                event.getButton() == MouseButton.MIDDLE
                        || event.getButton() == MouseButton.PRIMARY && spaceDown;
        if (pans) {
            panning = true;
            panX = event.getX();
            panY = event.getY();
            showCursor();
        } else if (event.getButton() == MouseButton.PRIMARY) {
            drawing = true;
            viewModel.pressed(event.getX(), event.getY(), modifiers(event));
        }
    }

    private void dragged(MouseEvent event) {
        if (panning) {
            viewModel.camera().pan(event.getX() - panX, event.getY() - panY);
            panX = event.getX();
            panY = event.getY();
        } else if (drawing) {
            viewModel.dragged(event.getX(), event.getY(), modifiers(event));
        }
    }

    private void released(MouseEvent event) {
        if (panning) {
            panning = false;
            showCursor();
        } else if (drawing && event.getButton() == MouseButton.PRIMARY) {
            drawing = false;
            viewModel.released(event.getX(), event.getY(), modifiers(event));
        }
    }

    /// The wheel zooms; with Shift, or two fingers on a touchpad moving sideways, it pans.
    private void scrolled(ScrollEvent event) {
        boolean touchpad = event.isInertia() || event.getTouchCount() > 0;
        if (event.isShiftDown() || touchpad) {
            viewModel.camera().pan(event.getDeltaX(), event.getDeltaY());
        } else if (event.getDeltaY() != 0) {
            double notches = event.getDeltaY() / LINE;
            viewModel
                    .camera()
                    .zoomAt(event.getX(), event.getY(), Math.pow(1.2, Math.clamp(notches, -4, 4)));
        }
        event.consume();
    }

    private static Modifiers modifiers(MouseEvent event) {
        return new Modifiers(event.isShiftDown(), event.isShortcutDown(), event.isAltDown());
    }

    private void paint(Canvas canvas) {
        GraphicsContext gc = canvas.getGraphicsContext2D();
        if (painter == null) {
            painter = new ShapePainter(gc);
        }
        gc.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        var picture = viewModel.pictureProperty().get();
        if (picture == null || image == null) {
            return;
        }
        var view = viewModel.camera().viewportProperty().get();
        double width = picture.original().width() * view.scale();
        double height = picture.original().height() * view.scale();
        gc.setFill(Color.color(0, 0, 0, 0.10));
        gc.fillRect(view.offsetX() - 1, view.offsetY() - 1, width + 2, height + 2);
        gc.setImageSmoothing(view.scale() < 4);
        gc.drawImage(image, view.offsetX(), view.offsetY(), width, height);
        painter.paint(
                view,
                viewModel.shapes(),
                viewModel.selection(),
                viewModel.previewProperty().get(),
                viewModel::color);
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
            emptyTitle.setText("No image is open");
            emptyText.setText("Open a folder of images to label them, or drop files here.");
        }
    }

    private void showZoom(Viewport view) {
        zoomText.setText("%.0f %%".formatted(view.scale() * 100));
    }

    private void showCursor() {
        if (panning) {
            pane.setCursor(Cursor.CLOSED_HAND);
        } else if (spaceDown) {
            pane.setCursor(Cursor.OPEN_HAND);
        } else {
            pane.setCursor(cursor(viewModel.cursorProperty().get()));
        }
    }

    private static Cursor cursor(CursorKind kind) {
        return switch (kind) {
            case ARROW -> Cursor.DEFAULT;
            case CROSSHAIR -> Cursor.CROSSHAIR;
            case MOVE -> Cursor.MOVE;
            case HAND -> Cursor.OPEN_HAND;
            case GRABBING -> Cursor.CLOSED_HAND;
            case RESIZE_HORIZONTAL -> Cursor.H_RESIZE;
            case RESIZE_VERTICAL -> Cursor.V_RESIZE;
            case RESIZE_FALLING -> Cursor.NW_RESIZE;
            case RESIZE_RISING -> Cursor.NE_RESIZE;
        };
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
