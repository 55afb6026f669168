package org.palimpsest.ui.training;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.palimpsest.ui.control.TitleConverter;
import org.palimpsest.ui.support.Texts;

/// How it is to be trained: what everybody may want to set, and folded away what experts do. Confined to the JavaFX thread.
final class SettingsCard extends VBox {
    private static final double GAP = 8;
    private static final double TIP_WIDTH = 340;
    private static final int COLUMNS = 8;

    private final TrainingViewModel viewModel;

    SettingsCard(TrainingViewModel viewModel) {
        this.viewModel = viewModel;
        getStyleClass().add("training-card");
        setSpacing(GAP);
        var title = new Label(Texts.get("training.settings"));
        title.getStyleClass().add("panel-title");
        var form = viewModel.form();
        var tasks =
                new FlowPane(
                        2 * GAP,
                        GAP,
                        check("boxes", form.boxesProperty()),
                        check("masks", form.masksProperty()),
                        check("words", form.wordsProperty()));
        var noTask = LearntCard.text(Texts.get("training.noTask"), "training-wrong");
        TrainingView.show(noTask, !form.hasTask());
        form.rightProperty().addListener(_ -> TrainingView.show(noTask, !form.hasTask()));
        var what = new Label(Texts.get("training.tasks"));
        what.getStyleClass().add("field-name");
        getChildren().addAll(title, what, tasks, noTask, fields(form.usual()), expert(form));
    }

    private Node expert(TrainingForm form) {
        var part = new ComboBox<TrainingForm.Part>();
        part.getItems().setAll(TrainingForm.Part.values());
        part.setConverter(new TitleConverter<>(one -> Texts.get("training.part." + one.name())));
        part.valueProperty().bindBidirectional(form.partProperty());
        part.valueProperty().addListener(_ -> viewModel.lookup().settingLeft());
        part.setMaxWidth(Double.MAX_VALUE);
        part.setAccessibleText(Texts.get("training.part"));
        var name = new Label(Texts.get("training.part"));
        name.getStyleClass().add("field-name");
        var body =
                new VBox(
                        GAP, name, part, check("flip", form.flipProperty()), fields(form.expert()));
        var pane = new TitledPane(Texts.get("training.expert"), body);
        pane.setExpanded(false);
        pane.setAnimated(false);
        pane.getStyleClass().addAll(Styles.DENSE, "training-expert");
        return pane;
    }

    private Node fields(List<NumberField> fields) {
        var grid = new GridPane(GAP, GAP);
        var names = new ColumnConstraints();
        names.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(names, new ColumnConstraints());
        int row = 0;
        for (var field : fields) {
            var name = LearntCard.text(field.title(), "");
            var input = new TextField();
            input.setPrefColumnCount(COLUMNS);
            input.setMinWidth(USE_PREF_SIZE);
            input.setPromptText(field.placeholder());
            input.setAccessibleText(field.title());
            input.setAccessibleHelp(field.explanation());
            input.getStyleClass().addAll("training-field", "training-" + field.key());
            var tip = tip(field.explanation());
            input.setTooltip(tip);
            name.setTooltip(tip);
            name.setLabelFor(input);
            input.textProperty().bindBidirectional(field.textProperty());
            var wrong = LearntCard.text(field.wrongWords(), "training-wrong");
            showWrong(field, input, wrong);
            field.wrongProperty().addListener(_ -> showWrong(field, input, wrong));
            input.setOnAction(_ -> viewModel.lookup().settingLeft());
            input.focusedProperty()
                    .addListener((_, was, now) -> {
                        if (was && !now) {
                            viewModel.lookup().settingLeft();
                        }
                    });
            grid.addRow(row++, name, input);
            grid.add(wrong, 0, row++, 2, 1);
        }
        return grid;
    }

    private static void showWrong(NumberField field, TextField input, Label wrong) {
        boolean bad = field.wrongProperty().get();
        input.pseudoClassStateChanged(Styles.STATE_DANGER, bad);
        TrainingView.show(wrong, bad);
    }

    private CheckBox check(String key, BooleanProperty value) {
        var box = new CheckBox(Texts.get("training.field." + key));
        box.setTooltip(tip(Texts.get("training.about." + key)));
        box.selectedProperty().bindBidirectional(value);
        box.selectedProperty().addListener(_ -> viewModel.lookup().settingLeft());
        box.getStyleClass().add("training-" + key);
        return box;
    }

    private static Tooltip tip(String words) {
        var tip = new Tooltip(words);
        tip.setWrapText(true);
        tip.setMaxWidth(TIP_WIDTH);
        return tip;
    }
}
