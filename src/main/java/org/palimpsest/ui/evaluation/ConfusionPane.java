package org.palimpsest.ui.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.palimpsest.evaluation.ConfusionMatrix.Cell;
import org.palimpsest.ui.support.Texts;

/// A confusion matrix as a grid, of which only what is seen has nodes. Arrow keys go from cell to cell, Enter opens the
/// images behind one. The stronger a cell's colour, the larger the part of its row; what is right has a frame.
///
/// Confined to the JavaFX thread.
final class ConfusionPane extends Region {
    private static final double CELL_WIDTH = 52;
    private static final double CELL_HEIGHT = 28;
    private static final double LETTER = 7.5;
    private static final double LEAST_TITLE = 60;
    private static final double MOST_TITLE = 150;
    private static final double BAR = 14;
    private static final PseudoClass LOW = PseudoClass.getPseudoClass("low");
    private static final PseudoClass MIDDLE = PseudoClass.getPseudoClass("middle");
    private static final PseudoClass HIGH = PseudoClass.getPseudoClass("high");
    private static final PseudoClass RIGHT = PseudoClass.getPseudoClass("right");
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final Consumer<Cell> onOpen;
    private final List<Label> cells = new ArrayList<>();
    private final List<Label> rowTitles = new ArrayList<>();
    private final List<Label> columnTitles = new ArrayList<>();
    private final ScrollBar across = new ScrollBar();
    private final ScrollBar down = new ScrollBar();
    private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
    private Optional<ConfusionGrid> grid = Optional.empty();
    private double rowTitle = LEAST_TITLE;
    private double columnTitle = LEAST_TITLE;
    private int row;
    private int column;

    /// @param onOpen is given the cell whose images are to be shown
    ConfusionPane(Consumer<Cell> onOpen) {
        this.onOpen = onOpen;
        getStyleClass().add("confusion");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TABLE_VIEW);
        setAccessibleHelp(Texts.get("evaluation.confusion.help"));
        setMinSize(0, 0);
        down.setOrientation(Orientation.VERTICAL);
        for (var bar : List.of(across, down)) {
            bar.setFocusTraversable(false);
            bar.setAccessibleText(Texts.get("evaluation.confusion.scroll"));
            bar.valueProperty().addListener(_ -> requestLayout());
            getChildren().add(bar);
        }
        var clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
        setOnScroll(event -> {
            down.setValue(
                    Math.clamp(
                            down.getValue() - event.getDeltaY() / CELL_HEIGHT, 0, down.getMax()));
            across.setValue(
                    Math.clamp(
                            across.getValue() - event.getDeltaX() / CELL_WIDTH,
                            0,
                            across.getMax()));
            event.consume();
        });
    }

    void show(Optional<ConfusionGrid> shown) {
        grid = shown;
        row = 0;
        column = 0;
        measure();
        across.setValue(0);
        down.setValue(0);
        tell();
        requestLayout();
    }

    /// Titles get the room that the longest one needs, within bounds.
    private void measure() {
        int longestRow = 0;
        int longestColumn = 0;
        for (int i = 0; i < size(); i++) {
            longestRow = Math.max(longestRow, grid.orElseThrow().rowTitle(i).length());
            longestColumn = Math.max(longestColumn, grid.orElseThrow().columnTitle(i).length());
        }
        rowTitle = Math.clamp(longestRow * LETTER + 20, LEAST_TITLE, MOST_TITLE);
        columnTitle = Math.clamp(longestColumn * LETTER + 20, LEAST_TITLE, MOST_TITLE);
    }

    /// The cell with the cursor in a sentence.
    ReadOnlyStringProperty wordsProperty() {
        return words.getReadOnlyProperty();
    }

    private int size() {
        return grid.map(ConfusionGrid::size).orElse(0);
    }

    private void press(KeyEvent event) {
        if (size() == 0) {
            return;
        }
        int page = Math.max(1, rowsSeen() - 1);
        switch (event.getCode()) {
            case LEFT -> go(row, column - 1);
            case RIGHT -> go(row, column + 1);
            case UP -> go(row - 1, column);
            case DOWN -> go(row + 1, column);
            case HOME -> go(row, 0);
            case END -> go(row, size() - 1);
            case PAGE_UP -> go(row - page, column);
            case PAGE_DOWN -> go(row + page, column);
            case ENTER, SPACE -> open();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void open() {
        grid.filter(now -> now.count(row, column) > 0)
                .ifPresent(now -> onOpen.accept(now.cell(row, column)));
    }

    private void go(int toRow, int toColumn) {
        row = Math.clamp(toRow, 0, size() - 1);
        column = Math.clamp(toColumn, 0, size() - 1);
        bringIntoView(down, row, rowsSeen());
        bringIntoView(across, column, columnsSeen());
        tell();
        requestLayout();
    }

    private static void bringIntoView(ScrollBar bar, int place, int seen) {
        int first = (int) Math.round(bar.getValue());
        if (place < first) {
            bar.setValue(place);
        } else if (place >= first + seen) {
            bar.setValue(place - seen + 1);
        }
    }

    private void tell() {
        words.set(grid.filter(now -> now.size() > 0).map(now -> now.words(row, column)).orElse(""));
        setAccessibleText(words.get());
        notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }

    private void click(MouseEvent event) {
        int atRow = (int) Math.floor((event.getY() - columnTitle) / CELL_HEIGHT);
        int atColumn = (int) Math.floor((event.getX() - rowTitle) / CELL_WIDTH);
        if (size() == 0 || atRow < 0 || atColumn < 0) {
            return;
        }
        requestFocus();
        int toRow = atRow + firstRow();
        int toColumn = atColumn + firstColumn();
        if (toRow < size() && toColumn < size()) {
            go(toRow, toColumn);
            if (event.getClickCount() == 2) {
                open();
            }
        }
    }

    private int firstRow() {
        return (int) Math.round(down.getValue());
    }

    private int firstColumn() {
        return (int) Math.round(across.getValue());
    }

    private int rowsSeen() {
        return Math.max(1, (int) ((getHeight() - columnTitle - BAR) / CELL_HEIGHT));
    }

    private int columnsSeen() {
        return Math.max(1, (int) ((getWidth() - rowTitle - BAR) / CELL_WIDTH));
    }

    @Override
    protected void layoutChildren() {
        int size = size();
        int rows = Math.min(size, rowsSeen());
        int columns = Math.min(size, columnsSeen());
        bar(down, size, rows);
        bar(across, size, columns);
        down.resizeRelocate(
                Math.min(getWidth() - BAR, rowTitle + columns * CELL_WIDTH + 2),
                columnTitle,
                BAR,
                rows * CELL_HEIGHT);
        across.resizeRelocate(
                rowTitle,
                Math.min(getHeight() - BAR, columnTitle + rows * CELL_HEIGHT + 2),
                columns * CELL_WIDTH,
                BAR);
        pool(cells, rows * columns, "confusion-cell");
        pool(rowTitles, rows, "confusion-row");
        pool(columnTitles, columns, "confusion-column");
        grid.ifPresent(now -> fill(now, rows, columns));
    }

    private static void bar(ScrollBar bar, int size, int seen) {
        int most = Math.max(0, size - seen);
        bar.setMax(most);
        bar.setVisibleAmount(most == 0 ? 1 : (double) seen / size * most);
        bar.setBlockIncrement(seen);
        bar.setUnitIncrement(1);
        bar.setVisible(most > 0);
        if (bar.getValue() > most) {
            bar.setValue(most);
        }
    }

    private void pool(List<Label> labels, int wanted, String style) {
        while (labels.size() < wanted) {
            var label = new Label();
            label.getStyleClass().add(style);
            label.setMouseTransparent(true);
            label.setManaged(false);
            labels.add(label);
            getChildren().add(label);
        }
        for (int i = 0; i < labels.size(); i++) {
            labels.get(i).setVisible(i < wanted);
        }
    }

    private void fill(ConfusionGrid now, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            int atRow = firstRow() + r;
            var title = rowTitles.get(r);
            title.setText(now.rowTitle(atRow));
            title.setAlignment(Pos.CENTER_RIGHT);
            title.resizeRelocate(0, columnTitle + r * CELL_HEIGHT, rowTitle - 8, CELL_HEIGHT);
            for (int c = 0; c < columns; c++) {
                fill(now, cells.get(r * columns + c), atRow, firstColumn() + c);
                cells.get(r * columns + c)
                        .resizeRelocate(
                                rowTitle + c * CELL_WIDTH,
                                columnTitle + r * CELL_HEIGHT,
                                CELL_WIDTH - 2,
                                CELL_HEIGHT - 2);
            }
        }
        for (int c = 0; c < columns; c++) {
            var title = columnTitles.get(c);
            title.setText(now.columnTitle(firstColumn() + c));
            title.setAlignment(Pos.CENTER_LEFT);
            title.setRotate(-90);
            double length = columnTitle - 8;
            title.resizeRelocate(
                    rowTitle + c * CELL_WIDTH + (CELL_WIDTH - length) / 2,
                    (length - CELL_HEIGHT) / 2,
                    length,
                    CELL_HEIGHT);
        }
    }

    private void fill(ConfusionGrid now, Label cell, int atRow, int atColumn) {
        int count = now.count(atRow, atColumn);
        double share = now.share(atRow, atColumn);
        boolean right = atRow == atColumn && atRow < now.size() - 1;
        cell.setText(count == 0 ? "" : Numbers.count(count));
        cell.setAlignment(Pos.CENTER);
        cell.pseudoClassStateChanged(LOW, count > 0 && share < 0.2);
        cell.pseudoClassStateChanged(MIDDLE, share >= 0.2 && share < 0.6);
        cell.pseudoClassStateChanged(HIGH, share >= 0.6);
        cell.pseudoClassStateChanged(RIGHT, right);
        cell.pseudoClassStateChanged(CHOSEN, atRow == row && atColumn == column);
    }
}
