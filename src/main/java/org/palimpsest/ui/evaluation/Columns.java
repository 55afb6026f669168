package org.palimpsest.ui.evaluation;

import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.palimpsest.ui.support.Texts;

/// Makes columns of tables.
final class Columns {
    private static final String NUMBER = "number-column";
    private static final double LETTER = 8.5;
    private static final double AROUND_TITLE = 30;

    private Columns() {}

    static <R> TableColumn<R, String> words(String key, double width, Function<R, String> value) {
        var column = new TableColumn<R, String>();
        head(column, key);
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        return column;
    }

    /// Numbers that are not known are the last in either order but the descending one.
    static <R> TableColumn<R, Double> number(
            String key, double width, ToDoubleFunction<R> value, Function<Double, String> format) {
        var column = new TableColumn<R, Double>();
        head(column, key);
        column.setPrefWidth(Math.max(width, column.getMinWidth()));
        column.getStyleClass().add(NUMBER);
        column.setComparator(Comparator.naturalOrder());
        column.setCellValueFactory(
                row -> new ReadOnlyObjectWrapper<>(value.applyAsDouble(row.getValue())));
        column.setCellFactory(_ -> new NumberCell<>(format));
        return column;
    }

    private static void head(TableColumn<?, ?> column, String key) {
        var title = new Label(Texts.get("evaluation.column." + key));
        title.setTooltip(new Tooltip(Texts.get("evaluation.column." + key + ".tip")));
        column.setText(null);
        column.setGraphic(title);
        title.setMinWidth(Region.USE_PREF_SIZE);
        column.setMinWidth(title.getText().length() * LETTER + AROUND_TITLE);
    }

    private static final class NumberCell<R> extends TableCell<R, Double> {
        private final Function<Double, String> format;

        NumberCell(Function<Double, String> format) {
            this.format = format;
            setAlignment(Pos.CENTER_RIGHT);
        }

        @Override
        protected void updateItem(@Nullable Double item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty || item == null ? null : format.apply(item));
        }
    }
}
