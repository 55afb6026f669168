package org.palimpsest.ui.prompt;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.ui.control.LabelField;

/// The task panel. Confined to the JavaFX thread.
public final class PromptView implements FxmlView<PromptViewModel> {
    private static final int COLUMNS = 4;
    private static final PseudoClass INCOMPLETE = PseudoClass.getPseudoClass("incomplete");
    private static final PseudoClass TOKENS = PseudoClass.getPseudoClass("tokens");
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    private static final Map<TaskKind, String> ICONS =
            Map.of(
                    TaskKind.DETECT, "mdal-crop_free",
                    TaskKind.SEGMENT, "mdal-category",
                    TaskKind.CAPTION, "mdmz-short_text",
                    TaskKind.DESCRIBE, "mdmz-subject",
                    TaskKind.READ_TEXT, "mdmz-text_fields",
                    TaskKind.ANSWER, "mdmz-question_answer",
                    TaskKind.ASK, "mdal-help_outline",
                    TaskKind.FREE, "mdal-edit");

    @FXML private GridPane tasks;
    @FXML private VBox labelsBox;
    @FXML private LabelField labels;
    @FXML private VBox textBox;
    @FXML private Label textName;
    @FXML private TextField text;
    @FXML private HBox languageBox;
    @FXML private ComboBox<Language> language;
    @FXML private Label preview;
    @FXML private Button run;
    @FXML private Button stop;
    @FXML private VBox answerBox;
    @FXML private Label speed;
    @FXML private TextArea answer;
    @FXML private Label answerHint;
    @FXML private ProgressBar busy;
    @FXML private HBox notice;
    @FXML private FontIcon noticeIcon;
    @FXML private Label noticeTitle;
    @FXML private Label noticeText;

    @InjectViewModel private PromptViewModel viewModel;

    public void initialize() {
        fillTasks();
        Bindings.bindContentBidirectional(labels.labels(), viewModel.labels());
        text.textProperty().bindBidirectional(viewModel.textProperty());
        text.setOnAction(_ -> viewModel.run());
        fillLanguages();
        viewModel.kindProperty().addListener((_, _, kind) -> showFields(kind));
        showFields(viewModel.kindProperty().get());

        preview.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        viewModel.missingProperty().get().isEmpty()
                                                ? viewModel.previewProperty().get()
                                                : viewModel.missingProperty().get(),
                                viewModel.previewProperty(),
                                viewModel.missingProperty()));
        viewModel
                .missingProperty()
                .addListener((_, _, missing) ->
                        preview.pseudoClassStateChanged(INCOMPLETE, !missing.isEmpty()));

        run.disableProperty().bind(Bindings.not(viewModel.runnableProperty()));
        run.setTooltip(new Tooltip("Ask about this image (Ctrl+Enter)"));
        stop.setTooltip(new Tooltip("Stop the answer (Esc)"));
        showIf(run, Bindings.not(viewModel.runningProperty()));
        showIf(stop, viewModel.runningProperty());
        showIf(busy, viewModel.runningProperty());
        busy.setProgress(ProgressBar.INDETERMINATE_PROGRESS);
        viewModel.shownProperty().addListener((_, _, shown) -> showAnswer(shown));
        showAnswer(viewModel.shownProperty().get());
    }

    private void fillTasks() {
        for (int column = 0; column < COLUMNS; column++) {
            var quarter = new ColumnConstraints();
            quarter.setPercentWidth(100.0 / COLUMNS);
            quarter.setHgrow(Priority.ALWAYS);
            tasks.getColumnConstraints().add(quarter);
        }
        for (var kind : TaskKind.values()) {
            var button = new ToggleButton(kind.title(), new FontIcon(ICONS.get(kind)));
            button.getStyleClass().add("task-button");
            button.setContentDisplay(ContentDisplay.TOP);
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
                new StringConverter<>() {
                    @Override
                    public String toString(Language value) {
                        return value == null ? "" : value.englishName() + " (" + value.code() + ")";
                    }

                    @Override
                    public Language fromString(String name) {
                        throw new UnsupportedOperationException("The list cannot be edited");
                    }
                });
        language.valueProperty().bindBidirectional(viewModel.languageProperty());
    }

    private void showFields(TaskKind kind) {
        show(labelsBox, kind.takesLabels());
        show(languageBox, kind.takesLanguage());
        show(textBox, !kind.textName().isEmpty());
        textName.setText(kind.textName());
        text.setPromptText(
                switch (kind) {
                    case ANSWER -> "how many circles are there?";
                    case ASK -> "three";
                    case FREE -> "detect circle ; square";
                    default -> "";
                });
    }

    private void showAnswer(AnswerRun shown) {
        if (!answer.getText().equals(shown.text())) {
            answer.setText(shown.text());
            answer.positionCaret(shown.text().length());
        }
        answer.pseudoClassStateChanged(TOKENS, shown.text().contains("<loc"));
        speed.setText(
                shown.isRunning() && shown.speed().isEmpty() ? shown.activity() : shown.speed());
        var hint =
                shown.isRunning()
                        ? shown.activity() + " …"
                        : "The answer appears here, word for word, while it is written.";
        answerHint.setText(shown.prompt().isEmpty() || shown.isRunning() ? hint : "(no text)");
        answerHint.setVisible(shown.text().isEmpty());
        show(notice, shown.notice().isPresent());
        shown.notice()
                .ifPresent(message -> {
                    noticeTitle.setText(message.title());
                    noticeText.setText(message.text());
                    show(noticeText, !message.text().isEmpty());
                    noticeIcon.setIconLiteral(icon(message.severity()));
                    notice.pseudoClassStateChanged(
                            WARNING, message.severity() == Notice.Severity.WARNING);
                    notice.pseudoClassStateChanged(
                            ERROR, message.severity() == Notice.Severity.ERROR);
                });
    }

    private static String icon(Notice.Severity severity) {
        return switch (severity) {
            case INFORMATION -> "mdal-info";
            case WARNING -> "mdmz-warning";
            case ERROR -> "mdal-error";
        };
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
