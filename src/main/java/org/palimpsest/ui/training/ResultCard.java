package org.palimpsest.ui.training;

import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.support.Texts;

/// What came of a run: how it ended, figures before and after, what to do with it, and held-out images with both answers.
///
/// Confined to the JavaFX thread.
final class ResultCard extends VBox {
    private static final double GAP = 8;
    private static final double BETWEEN = 24;

    private final TrainingViewModel viewModel;

    ResultCard(TrainingViewModel viewModel) {
        this.viewModel = viewModel;
        getStyleClass().add("training-card");
        setSpacing(2 * GAP);
        viewModel.endingProperty().addListener(_ -> show());
        viewModel.use().usedProperty().addListener(_ -> show());
        show();
    }

    private void show() {
        getChildren().clear();
        var ending = viewModel.endingProperty().get();
        if (ending.isEmpty()) {
            return;
        }
        var came = ending.get();
        getChildren().add(LearntCard.text(came.headline(), "panel-title"));
        if (came.figures().isEmpty()) {
            getChildren().add(LearntCard.text(Texts.get("training.noComparison"), "field-hint"));
        } else {
            getChildren().add(table(came.figures()));
        }
        getChildren().add(buttons(came));
        if (!came.images().isEmpty()) {
            getChildren().add(new HeldOutImages(viewModel, came.images()));
        }
    }

    private Node buttons(Ending came) {
        boolean used = viewModel.use().isUsed(came.learnt());
        var keep =
                new Button(
                        Texts.get(used ? "training.inUse" : "training.use"),
                        new FontIcon("mdal-check"));
        keep.getStyleClass().addAll("accent", "training-use");
        keep.setTooltip(new Tooltip(Texts.get("training.use.tip")));
        keep.setDisable(used);
        keep.setOnAction(_ -> viewModel.use().use(came.model(), came.learnt()));
        var open = new Button(Texts.get("training.openFolder"), new FontIcon("mdal-folder_open"));
        open.setTooltip(new Tooltip(came.folder().toString()));
        open.setOnAction(_ -> viewModel.showFolder(came.folder()));
        var discard = new Button(Texts.get("training.discard"), new FontIcon("mdal-delete"));
        discard.setTooltip(new Tooltip(Texts.get("training.discard.tip")));
        discard.getStyleClass().add("training-discard");
        discard.setOnAction(_ -> viewModel.discard(came.folder(), came.model()));
        var anew = new Button(Texts.get("training.back"), new FontIcon("mdal-arrow_back"));
        anew.setTooltip(new Tooltip(Texts.get("training.back.tip")));
        anew.getStyleClass().add("training-again");
        anew.setOnAction(_ -> viewModel.startAnew());
        for (var button : List.of(keep, open, discard, anew)) {
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        return new FlowPane(GAP, GAP, keep, open, discard, anew);
    }

    private static Node table(List<FigureRow> rows) {
        var table = new GridPane(BETWEEN, GAP / 2);
        table.getStyleClass().add("training-figures");
        table.addRow(
                0,
                head("training.figure"),
                head("training.before"),
                head("training.after"),
                head("training.change"));
        int row = 1;
        for (var figure : rows) {
            var title = LearntCard.text(figure.title(), "");
            table.addRow(
                    row++,
                    title,
                    number(FigureRow.number(figure.before())),
                    number(FigureRow.number(figure.after())),
                    change(figure));
        }
        return table;
    }

    private static Label head(String key) {
        var label = new Label(Texts.get(key));
        label.getStyleClass().add("field-hint");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static Label number(String words) {
        var label = new Label(words);
        label.getStyleClass().add("training-number");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static Label change(FigureRow figure) {
        var label = number(figure.difference());
        switch (figure.change()) {
            case BETTER -> label.setGraphic(new FontIcon("mdmz-thumb_up"));
            case WORSE -> label.setGraphic(new FontIcon("mdmz-thumb_down"));
            case SAME -> {}
        }
        label.getStyleClass().add("training-" + figure.change().name().toLowerCase(Locale.ROOT));
        label.setAccessibleText(
                Texts.get(
                        "training.change." + figure.change().name(),
                        figure.title(),
                        figure.difference()));
        return label;
    }
}
