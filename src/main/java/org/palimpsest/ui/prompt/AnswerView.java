package org.palimpsest.ui.prompt;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.List;
import javafx.beans.value.ObservableBooleanValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.support.Texts;

/// The answer: as it was written beside as it was read, with what is to be said about it. Confined to the JavaFX thread.
public final class AnswerView implements FxmlView<PromptViewModel> {
    private static final PseudoClass TOKENS = PseudoClass.getPseudoClass("tokens");
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    @FXML private Label speed;
    @FXML private ScrollPane rawScroll;
    @FXML private Label answerHint;
    @FXML private TextArea editor;
    @FXML private Button edit;
    @FXML private HBox editing;
    @FXML private VBox parsedBox;
    @FXML private VBox parsed;
    @FXML private ProgressBar busy;
    @FXML private HBox notice;
    @FXML private FontIcon noticeIcon;
    @FXML private Label noticeTitle;
    @FXML private Label noticeText;

    @InjectViewModel private PromptViewModel viewModel;

    private final AnswerText raw = new AnswerText();

    public void initialize() {
        raw.setId("answer");
        rawScroll.setContent(raw);
        showIf(busy, viewModel.runningProperty());
        viewModel.shownProperty().addListener((_, _, shown) -> show(shown));
        show(viewModel.shownProperty().get());
    }

    private void show(AnswerRun run) {
        endEditing();
        raw.show(run);
        tell(run);
        raw.pseudoClassStateChanged(TOKENS, run.text().contains("<loc"));
        busy.setProgress(run.fraction() < 0 ? ProgressBar.INDETERMINATE_PROGRESS : run.fraction());
        speed.setText(run.isRunning() && run.speed().isEmpty() ? run.activity() : run.speed());
        answerHint.setText(hint(run));
        answerHint.setVisible(run.text().isEmpty());
        show(rawScroll, !run.text().isEmpty());
        if (run.isRunning()) {
            rawScroll.setVvalue(rawScroll.getVmax());
        }
        show(
                edit,
                run.result()
                        .filter(result ->
                                !result.tokens().isEmpty()
                                        || result.request().written().isPresent())
                        .isPresent());
        showParsed(run.result().map(AnswerRun.Result::parsed).orElse(List.of()));
        showNotice(run);
    }

    /// An answer is told when it is complete.
    private void tell(AnswerRun run) {
        rawScroll.setAccessibleText(Texts.get("access.answer", run.text()));
        if (!run.isRunning() && !run.text().isEmpty()) {
            rawScroll.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        }
    }

    private static String hint(AnswerRun run) {
        if (run.isRunning()) {
            return Texts.get("prompt.answer.busy", run.activity());
        }
        return Texts.get(run.prompt().isEmpty() ? "prompt.answer.hint" : "prompt.answer.empty");
    }

    private void showParsed(List<AnswerRun.ParsedLine> lines) {
        parsed.getChildren().clear();
        for (var line : lines) {
            var what = new Label(line.what());
            what.setWrapText(line.details().isEmpty());
            what.setMinWidth(0);
            HBox.setHgrow(what, Priority.ALWAYS);
            what.setMaxWidth(Double.MAX_VALUE);
            var details = new Label(line.details());
            details.getStyleClass().add("field-hint");
            details.setMinWidth(HBox.USE_PREF_SIZE);
            parsed.getChildren().add(new HBox(8, what, details));
        }
        show(parsedBox, !lines.isEmpty());
    }

    private void showNotice(AnswerRun run) {
        show(notice, run.notice().isPresent());
        run.notice()
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

    /// At the place of the fault, if there is one.
    @FXML
    private void beginEditing() {
        var run = viewModel.shownProperty().get();
        editor.setText(run.text());
        show(editor, true);
        show(editing, true);
        show(rawScroll, false);
        show(edit, false);
        answerHint.setVisible(false);
        editor.requestFocus();
        run.result()
                .ifPresent(result ->
                        editor.positionCaret(result.malformedAt().orElse(run.text().length())));
    }

    @FXML
    private void readAgain() {
        viewModel.readAnswer(editor.getText());
    }

    @FXML
    private void cancelEditing() {
        show(viewModel.shownProperty().get());
    }

    private void endEditing() {
        show(editor, false);
        show(editing, false);
    }
}
