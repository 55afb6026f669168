package org.palimpsest.ui.prompt;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.control.LabelField;
import org.palimpsest.ui.control.TitleConverter;
import org.palimpsest.ui.support.Texts;

/// The task panel. Confined to the JavaFX thread.
public final class PromptView implements FxmlView<PromptViewModel> {
    private static final int COLUMNS = 3;
    private static final double PERCENT = 100;
    private static final int MOST_SUGGESTIONS = 12;
    private static final double WIDEST_SUGGESTION = 160;

    private static final Map<TaskKind, String> ICONS =
            Map.of(
                    TaskKind.DETECT, "mdal-crop_free",
                    TaskKind.SEGMENT, "mdal-category",
                    TaskKind.CAPTION, "mdmz-notes",
                    TaskKind.SHORT_CAPTION, "mdmz-short_text",
                    TaskKind.DESCRIBE, "mdmz-subject",
                    TaskKind.READ_TEXT, "mdmz-text_fields",
                    TaskKind.ANSWER, "mdmz-question_answer",
                    TaskKind.ASK, "mdal-help_outline",
                    TaskKind.FREE, "mdal-edit");

    @FXML private GridPane tasks;
    @FXML private VBox labelsBox;
    @FXML private LabelField labels;
    @FXML private FlowPane suggestions;
    @FXML private VBox textBox;
    @FXML private Label textName;
    @FXML private TextField text;
    @FXML private HBox languageBox;
    @FXML private ComboBox<Language> language;
    @FXML private TextArea preview;
    @FXML private Label missing;
    @FXML private Button run;
    @FXML private Button stop;

    @InjectViewModel private PromptViewModel viewModel;

    public void initialize() {
        fillTasks();
        Bindings.bindContentBidirectional(labels.labels(), viewModel.labels());
        text.textProperty().bindBidirectional(viewModel.textProperty());
        text.setOnAction(_ -> viewModel.run());
        fillLanguages();
        viewModel.kindProperty().addListener((_, _, kind) -> showFields(kind));
        showFields(viewModel.kindProperty().get());
        viewModel.labels().addListener((ListChangeListener<String>) _ -> suggestLabels());
        viewModel.projectLabelsProperty().addListener(_ -> suggestLabels());
        suggestLabels();
        bindPrompt();

        run.disableProperty().bind(Bindings.not(viewModel.runnableProperty()));
        run.setTooltip(
                new Tooltip(Texts.get("prompt.run.tip", Command.RUN.defaultKeys().getFirst())));
        stop.setTooltip(
                new Tooltip(Texts.get("prompt.stop.tip", Command.STOP.defaultKeys().getFirst())));
        showIf(run, Bindings.not(viewModel.runningProperty()));
        showIf(stop, viewModel.runningProperty());
    }

    /// The prompt follows the fields, and they follow what is written into it.
    private void bindPrompt() {
        preview.setTooltip(new Tooltip(Texts.get("prompt.prompt.tip")));
        viewModel.previewProperty().addListener(_ -> showPrompt());
        showPrompt();
        preview.addEventFilter(
                KeyEvent.KEY_PRESSED,
                pressed -> {
                    if (pressed.getCode() == KeyCode.ENTER && !pressed.isShortcutDown()) {
                        takePrompt();
                        pressed.consume();
                    } else if (pressed.getCode() == KeyCode.TAB) {
                        // A prompt has no tabs: on to the next field, as everywhere.
                        takePrompt();
                        (pressed.isShiftDown() ? missing : run).requestFocus();
                        pressed.consume();
                    }
                });
        preview.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        takePrompt();
                    }
                });
        missing.textProperty().bind(viewModel.missingProperty());
        showIf(missing, Bindings.isNotEmpty(viewModel.missingProperty()));
    }

    private void showPrompt() {
        var prompt = viewModel.previewProperty().get();
        if (!preview.getText().equals(prompt)) {
            preview.setText(prompt);
        }
    }

    private void takePrompt() {
        if (!preview.getText().equals(viewModel.previewProperty().get())) {
            viewModel.usePrompt(preview.getText());
            showPrompt();
        }
    }

    private void suggestLabels() {
        suggestions.getChildren().clear();
        var others = viewModel.otherLabels();
        for (var label : others.subList(0, Math.min(others.size(), MOST_SUGGESTIONS))) {
            var add = new Button(label, new FontIcon("mdal-add"));
            add.getStyleClass().addAll("small", "flat", "label-suggestion");
            add.setMnemonicParsing(false);
            add.setMaxWidth(WIDEST_SUGGESTION);
            add.setTooltip(new Tooltip(Texts.get("prompt.labels.add", label)));
            add.setOnAction(_ -> viewModel.labels().add(label));
            suggestions.getChildren().add(add);
        }
        if (others.size() > 1) {
            var all = new Button(Texts.get("prompt.labels.all"));
            all.getStyleClass().addAll("small", "flat", "label-suggestion");
            all.setTooltip(new Tooltip(Texts.get("prompt.labels.all.tip")));
            all.setOnAction(_ -> viewModel.useProjectLabels());
            suggestions.getChildren().add(all);
        }
        show(suggestions, !others.isEmpty());
    }

    private void fillTasks() {
        for (int column = 0; column < COLUMNS; column++) {
            var quarter = new ColumnConstraints();
            quarter.setPercentWidth(PERCENT / COLUMNS);
            quarter.setHgrow(Priority.ALWAYS);
            tasks.getColumnConstraints().add(quarter);
        }
        for (var kind : TaskKind.values()) {
            var button = new ToggleButton(kind.title(), new FontIcon(ICONS.get(kind)));
            button.getStyleClass().add("task-button");
            button.setMaxWidth(Double.MAX_VALUE);
            button.setMinWidth(0);
            button.setTooltip(new Tooltip(kind.purpose()));
            button.setSelected(kind == viewModel.kindProperty().get());
            button.setOnAction(_ -> {
                viewModel.kindProperty().set(kind);
                // A task stays chosen when it is chosen again.
                button.setSelected(true);
            });
            viewModel
                    .kindProperty()
                    .addListener((_, _, chosen) -> button.setSelected(chosen == kind));
            tasks.add(button, kind.ordinal() % COLUMNS, kind.ordinal() / COLUMNS);
        }
    }

    private void fillLanguages() {
        language.getItems().setAll(viewModel.languages());
        language.setConverter(
                new TitleConverter<>(value -> value.englishName() + " (" + value.code() + ")"));
        language.valueProperty().bindBidirectional(viewModel.languageProperty());
    }

    private void showFields(TaskKind kind) {
        show(labelsBox, kind.takesLabels());
        show(languageBox, kind.takesLanguage());
        show(textBox, !kind.textName().isEmpty());
        textName.setText(kind.textName());
        text.setAccessibleText(kind.textName());
        text.setPromptText(kind.example());
    }

    private static void showIf(Node node, ObservableBooleanValue condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void run() {
        viewModel.run();
    }

    @FXML
    private void stop() {
        viewModel.stop();
    }
}
