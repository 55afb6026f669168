package org.palimpsest.ui.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.palimpsest.project.EvaluationFigures.LabelFigures;
import org.palimpsest.ui.support.Texts;

/// How well each label is found, sortable by every column.
final class LabelTable extends VBox {

    LabelTable(EvaluationHistory history) {
        var table = new TableView<LabelRow>();
        table.getStyleClass().add("label-table");
        table.setAccessibleText(Texts.get("evaluation.tab.labels"));
        var sorted = new SortedList<>(history.labels());
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        var apChange = number("apChange", LabelRow::apChange);
        var f1Change = number("f1Change", LabelRow::f1Change);
        table.getColumns()
                .setAll(
                        List.of(
                                Columns.<LabelRow>words("label", 130, row -> row.now().label()),
                                count("objects", LabelFigures::objects),
                                count("predicted", LabelFigures::predicted),
                                share("ap50", LabelFigures::ap50),
                                share("ap", LabelFigures::ap),
                                apChange,
                                share("precision", LabelFigures::precision),
                                share("recall", LabelFigures::recall),
                                share("f1", LabelFigures::f1),
                                f1Change,
                                share("iou", LabelFigures::meanIou)));
        for (var change : List.of(apChange, f1Change)) {
            change.visibleProperty().bind(history.beforeProperty().map(Optional::isPresent));
        }
        table.setPlaceholder(new Label(Texts.get("evaluation.labels.none")));
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().add(table);
    }

    private static TableColumn<LabelRow, Double> count(
            String key, ToLongFunction<LabelFigures> value) {
        return Columns.number(
                key,
                76,
                row -> value.applyAsLong(row.now()),
                number -> Numbers.count(Math.round(number)));
    }

    private static TableColumn<LabelRow, Double> share(
            String key, ToDoubleFunction<LabelFigures> value) {
        return Columns.number(key, 76, row -> value.applyAsDouble(row.now()), Numbers::share);
    }

    private static TableColumn<LabelRow, Double> number(
            String key, ToDoubleFunction<LabelRow> value) {
        return Columns.number(key, 76, value, Numbers::change);
    }
}
