package org.palimpsest.ui.evaluation;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.palimpsest.ui.support.Texts;

/// The figures, each with what it means, where it would lie for other images, and what became of it.
final class FigureTable extends VBox {
    private static final PseudoClass BETTER = PseudoClass.getPseudoClass("better");
    private static final PseudoClass WORSE = PseudoClass.getPseudoClass("worse");

    FigureTable(EvaluationHistory history) {
        var table = new TableView<>(history.figures());
        table.getStyleClass().add("figure-table");
        table.setAccessibleText(Texts.get("evaluation.tab.figures"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        var name = new TableColumn<FigureRow, FigureRow>();
        name.setText(Texts.get("evaluation.column.figure"));
        name.setPrefWidth(600);
        name.setSortable(false);
        name.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        name.setCellFactory(_ -> new NameCell());
        var value = new TableColumn<FigureRow, FigureRow>();
        value.setText(Texts.get("evaluation.column.value"));
        value.getStyleClass().add("number-column");
        value.setSortable(false);
        value.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        value.setCellFactory(_ -> new ValueCell());
        var before = Columns.<FigureRow>number("before", 80, FigureRow::before, Numbers::share);
        var change = new TableColumn<FigureRow, FigureRow>();
        change.setText(Texts.get("evaluation.column.change"));
        change.getStyleClass().add("number-column");
        change.setSortable(false);
        change.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        change.setCellFactory(_ -> new ChangeCell());
        limit(value, 120, 150);
        limit(before, 80, 100);
        limit(change, 110, 150);
        name.setMinWidth(170);
        before.setSortable(false);
        table.getColumns().setAll(List.of(name, value, before, change));
        before.visibleProperty().bind(history.beforeProperty().map(Optional::isPresent));
        change.visibleProperty().bind(before.visibleProperty());
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().add(table);
    }

    private static void limit(TableColumn<?, ?> column, double least, double most) {
        column.setMinWidth(least);
        column.setMaxWidth(most);
        column.setPrefWidth(most);
    }

    private static final class NameCell extends TableCell<FigureRow, FigureRow> {
        private final Label name = new Label();
        private final Label meaning = new Label();
        private final VBox lines = new VBox(1, name, meaning);

        NameCell() {
            name.getStyleClass().add("panel-title");
            meaning.getStyleClass().add("field-hint");
            for (var label : List.of(name, meaning)) {
                label.setWrapText(true);
                label.setMinHeight(Region.USE_PREF_SIZE);
            }
            lines.setFillWidth(true);
        }

        @Override
        protected void updateItem(@Nullable FigureRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setGraphic(null);
                return;
            }
            name.setText(row.title());
            meaning.setText(row.meaning());
            meaning.setManaged(!row.meaning().isEmpty());
            setAccessibleText(row.title() + ". " + row.meaning());
            setGraphic(lines);
        }

        /// As high as the words are in the width of the column.
        @Override
        protected double computePrefHeight(double width) {
            double inside = getTableColumn() == null ? 200 : getTableColumn().getWidth();
            double room = inside - snappedLeftInset() - snappedRightInset();
            return getGraphic() == null
                    ? super.computePrefHeight(width)
                    : lines.prefHeight(room) + snappedTopInset() + snappedBottomInset();
        }
    }

    private static final class ValueCell extends TableCell<FigureRow, FigureRow> {
        private final Label value = new Label();
        private final Label range = new Label();
        private final VBox lines = new VBox(1, value, range);

        ValueCell() {
            value.getStyleClass().add("figure-value");
            range.getStyleClass().add("field-hint");
            lines.setAlignment(Pos.CENTER_RIGHT);
        }

        @Override
        protected void updateItem(@Nullable FigureRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setGraphic(null);
                return;
            }
            value.setText(
                    row.isCount()
                            ? Numbers.count(Math.round(row.value()))
                            : Numbers.share(row.value()));
            range.setManaged(row.range().isPresent());
            range.setVisible(row.range().isPresent());
            row.range()
                    .ifPresent(one -> {
                        range.setText(Numbers.share(one.low()) + " – " + Numbers.share(one.high()));
                        setTooltip(new Tooltip(Texts.get("evaluation.range.tip", one.level())));
                    });
            setAccessibleText(
                    row.range().isPresent()
                            ? value.getText() + ", " + range.getText()
                            : value.getText());
            setGraphic(lines);
        }
    }

    /// Better and worse are told by a sign and a word, not by the colour alone.
    private static final class ChangeCell extends TableCell<FigureRow, FigureRow> {
        ChangeCell() {
            setAlignment(Pos.CENTER_RIGHT);
            getStyleClass().add("figure-change");
        }

        @Override
        protected void updateItem(@Nullable FigureRow row, boolean empty) {
            super.updateItem(row, empty);
            int direction = empty || row == null ? 0 : row.direction();
            pseudoClassStateChanged(BETTER, direction > 0);
            pseudoClassStateChanged(WORSE, direction < 0);
            if (empty || row == null) {
                setText(null);
                return;
            }
            var change = Numbers.change(row.change());
            setText(
                    switch (direction) {
                        case 1 -> Texts.get("evaluation.change.better", change);
                        case -1 -> Texts.get("evaluation.change.worse", change);
                        default -> change;
                    });
        }
    }
}
