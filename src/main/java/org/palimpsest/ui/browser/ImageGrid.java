package org.palimpsest.ui.browser;

import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.Skin;
import javafx.scene.control.SkinBase;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.palimpsest.project.ImagePage;
import org.palimpsest.ui.browser.ImageSelection.Extension;

/// The images side by side or one below the other, of which only the rows in sight exist.
///
/// Not ControlsFX's grid: that has no selection, and rows of a list would have a selection of their own beside that of
/// the images.
final class ImageGrid extends Region {
    private static final double GAP = 6;
    private static final double TILE_PADDING = 5;
    private static final double LIST_SIDE = 44;
    private static final double LIST_PADDING = 14;
    private static final double LINE = 1.55;
    private static final double USUAL_FONT = 14;
    private static final double SCROLL_BAR = 14;

    private final BrowserViewModel viewModel;
    private final VirtualFlow<Row> flow = new VirtualFlow<>();
    // Tells how large letters are, which the person chooses.
    private final Label probe = new Label();
    private final List<Row> rows = new ArrayList<>();
    private int columns = 1;
    private double spacing;
    private double scale = 1;
    private boolean isGrid;
    private double side;
    private boolean outdated = true;

    ImageGrid(BrowserViewModel viewModel) {
        this.viewModel = viewModel;
        getStyleClass().add("image-grid");
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        setFocusTraversable(true);
        getChildren().addAll(flow, probe);
        probe.setVisible(false);
        probe.setManaged(false);
        probe.fontProperty().addListener(_ -> rebuild());
        flow.setFocusTraversable(false);
        flow.setPannable(false);
        viewModel.images().addListener((ListChangeListener<ImagePage.Line>) _ -> refresh());
        viewModel.selectedProperty().addListener(_ -> refresh());
        viewModel.currentProperty().addListener(_ -> refresh());
        viewModel.filter().facetsProperty().addListener(_ -> refresh());
        viewModel.gridProperty().addListener(_ -> rebuild());
        viewModel.thumbnailSizeProperty().addListener(_ -> rebuild());
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        rebuild();
    }

    /// Shows in the next frame what has changed.
    void refresh() {
        outdated = true;
        requestLayout();
    }

    private void rebuild() {
        isGrid = viewModel.gridProperty().get();
        scale = probe.getFont().getSize() / USUAL_FONT;
        side = Math.rint(scale * (isGrid ? viewModel.thumbnailSizeProperty().get() : LIST_SIDE));
        int first = firstVisible();
        rows.clear();
        double words = Math.ceil(2 * LINE * probe.getFont().getSize());
        flow.setFixedCellSize(
                isGrid
                        ? side + words + scale * 2 * (GAP + TILE_PADDING)
                        : Math.max(side, words) + scale * LIST_PADDING);
        flow.setCellFactory(_ -> new Row());
        columns = 0; // so that the rows are counted anew
        refresh();
        if (first >= 0) {
            layout();
            flow.scrollToTop(first / columns()); // the layout may be under way already
        }
    }

    private int firstVisible() {
        var row = flow.getFirstVisibleCell();
        return row == null ? -1 : row.getIndex() * Math.max(1, columns);
    }

    /// How many images stand side by side.
    int columns() {
        return Math.max(1, columns);
    }

    /// How many rows are in sight.
    int rowsInSight() {
        return Math.max(1, (int) (flow.getHeight() / flow.getFixedCellSize()));
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double gap = scale * GAP;
        double tile = side + scale * 2 * TILE_PADDING + gap;
        int fitting = isGrid ? Math.max(1, (int) ((width - SCROLL_BAR - gap) / tile)) : 1;
        // What is left over goes between the columns.
        double between =
                Math.floor((width - SCROLL_BAR - 2 * gap - fitting * (tile - gap)) / fitting);
        if (fitting != columns || between != spacing) {
            columns = fitting;
            spacing = between;
            outdated = true;
        }
        if (outdated) {
            outdated = false;
            int count = Math.ceilDiv(viewModel.images().size(), columns);
            if (flow.getCellCount() != count) {
                flow.setCellCount(count);
            }
            rows.forEach(Row::refresh);
        }
        flow.resizeRelocate(0, 0, width, getHeight());
    }

    /// Scrolls as little as needed for the image to be seen.
    void reveal(int index) {
        if (index < 0) {
            return;
        }
        layout();
        int row = index / columns();
        var first = flow.getFirstVisibleCell();
        var last = flow.getLastVisibleCell();
        if (first == null || last == null) {
            flow.scrollTo(row);
            return;
        }
        boolean far = row < first.getIndex() - 1 || row > last.getIndex() + 1;
        if (far) {
            flow.scrollToTop(Math.max(0, row - rowsInSight() / 2));
        } else {
            flow.scrollTo(row);
        }
    }

    /// Scrolls by so many pixels.
    double scroll(double pixels) {
        return flow.scrollPixels(pixels);
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        int index = indexAt(event.getPickResult().getIntersectedNode());
        if (index < 0) {
            return;
        }
        boolean selected =
                viewModel
                        .selection()
                        .selected()
                        .contains(viewModel.images().get(index).image().id());
        if (event.getButton() == MouseButton.PRIMARY) {
            viewModel.choose(
                    index,
                    event.isShiftDown()
                            ? Extension.RANGE
                            : event.isShortcutDown() ? Extension.TOGGLE : Extension.ALONE);
        } else if (event.getButton() == MouseButton.SECONDARY && !selected) {
            viewModel.choose(index, Extension.ALONE);
        }
    }

    private static int indexAt(@Nullable Node picked) {
        for (var node = picked; node != null; node = node.getParent()) {
            if (node instanceof ImageTile tile) {
                return tile.index();
            }
        }
        return -1;
    }

    /// Images side by side.
    private final class Row extends IndexedCell<Object> {
        private final HBox box = new HBox();
        private final List<ImageTile> tiles = new ArrayList<>();

        Row() {
            getStyleClass().setAll("image-row");
            setPrefWidth(0); // as wide as the flow, and never wider
            box.setMinWidth(0);
            setFocusTraversable(false);
            rows.add(this);
            visibleProperty()
                    .addListener((_, _, visible) -> {
                        if (visible) {
                            refresh();
                        } else {
                            tiles.forEach(ImageTile::cancel);
                        }
                    });
        }

        @Override
        public void updateIndex(int index) {
            super.updateIndex(index);
            // The flow takes rows without an item for empty ones and puts them out of sight.
            updateItem(index, index < 0);
            refresh();
        }

        private void refresh() {
            while (tiles.size() < columns) {
                var tile = new ImageTile(viewModel, isGrid, side);
                HBox.setHgrow(tile, isGrid ? Priority.NEVER : Priority.ALWAYS);
                tiles.add(tile);
                box.getChildren().add(tile);
            }
            box.setSpacing(spacing);
            for (int i = 0; i < tiles.size(); i++) {
                boolean used = i < columns && getIndex() >= 0;
                tiles.get(i).show(used ? getIndex() * columns + i : -1);
                tiles.get(i).setManaged(i < columns);
            }
        }

        @Override
        protected Skin<?> createDefaultSkin() {
            return new RowSkin(this, box);
        }
    }

    private static final class RowSkin extends SkinBase<Row> {
        RowSkin(Row row, Node box) {
            super(row);
            consumeMouseEvents(false); // the grid hears of clicks
            getChildren().add(box);
        }
    }
}
