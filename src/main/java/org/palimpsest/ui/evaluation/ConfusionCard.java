package org.palimpsest.ui.evaluation;

import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.palimpsest.evaluation.ConfusionMatrix.Cell;
import org.palimpsest.ui.support.Texts;

/// Which label is taken for which, with the cell under the cursor in words.
final class ConfusionCard extends StackPane {

    /// @param onOpen is given the cell whose images are to be shown
    ConfusionCard(EvaluationDetails details, Consumer<Cell> onOpen) {
        var pane = new ConfusionPane(onOpen);
        VBox.setVgrow(pane, Priority.ALWAYS);
        var hint = new Label(Texts.get("evaluation.confusion.hint"));
        hint.setWrapText(true);
        hint.setMinHeight(Region.USE_PREF_SIZE);
        hint.getStyleClass().add("field-hint");
        hint.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(hint, Priority.ALWAYS);
        var words = new Label();
        words.textProperty().bind(pane.wordsProperty());
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.getStyleClass().add("evaluation-words");
        var shown = new VBox(8, new HBox(12, hint, new KindChoice(details)), pane, words);
        shown.getStyleClass().add("evaluation-card");
        var note = EvaluationView.note();
        getChildren().addAll(shown, note);
        Runnable show =
                () -> {
                    var grid = details.confusionProperty().get().filter(one -> one.size() > 0);
                    pane.show(grid);
                    EvaluationView.setNote(
                            note,
                            Texts.get(
                                    details.reportProperty().get().isPresent()
                                            ? "evaluation.curve.none"
                                            : "evaluation.notKept"));
                    EvaluationView.seeNote(note, shown, grid.isPresent());
                };
        details.confusionProperty().addListener(_ -> show.run());
        details.reportProperty().addListener(_ -> show.run());
        show.run();
    }
}
