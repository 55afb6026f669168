package org.palimpsest.ui.exchange;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.palimpsest.ui.support.Texts;

/// The import dialog: what is read above, what it would bring below. Confined to the JavaFX thread.
public final class ImportView implements FxmlView<ImportViewModel> {
    /// More rows than a person gives names to.
    private static final int MOST_LABELS = 200;

    @FXML private ListView<FormatChoice> importFormats;
    @FXML private TextField source;
    @FXML private TextField imageFolder;
    @FXML private Label recognised;
    @FXML private Label summary;
    @FXML private Label images;
    @FXML private VBox previewBox;
    @FXML private ToggleGroup tabs;
    @FXML private ToggleButton labelsTab;
    @FXML private ToggleButton rowsTab;
    @FXML private ToggleButton findingsTab;
    @FXML private VBox labelsBox;
    @FXML private GridPane labels;
    @FXML private TextArea rows;
    @FXML private ListView<FindingRow> findings;
    @FXML private Label hint;
    @FXML private HBox problemBox;
    @FXML private Label problemText;
    @FXML private VBox reportBox;
    @FXML private Label reportSummary;
    @FXML private TextArea reportLines;
    @FXML private ProgressBar progress;
    @FXML private Button run;
    @FXML private Button cancel;
    @FXML private Button close;

    @InjectViewModel private ImportViewModel viewModel;

    public void initialize() {
        importFormats.getItems().setAll(viewModel.formats());
        importFormats.setCellFactory(_ -> new FormatCell());
        viewModel.formatProperty().addListener((_, _, now) -> showFormat(now));
        showFormat(viewModel.formatProperty().get());
        importFormats
                .getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, chosen) -> {
                    if (chosen != null) {
                        viewModel.formatProperty().set(chosen);
                    }
                });
        follow(source, viewModel.sourceProperty());
        follow(imageFolder, viewModel.imageFolderProperty());
        findings.setCellFactory(_ -> new FindingCell());
        findings.setPlaceholder(new Label(Texts.get("exchange.findings.none")));
        tabs.selectedToggleProperty()
                .addListener((_, before, now) -> {
                    if (now == null) {
                        before.setSelected(true);
                    } else {
                        showTab();
                    }
                });
        showTab();
        viewModel.labels().addListener((ListChangeListener<LabelLine>) _ -> showLabels());
        showLabels();
        viewModel.previewProperty().addListener((_, _, now) -> show(now));
        viewModel.recognisedProperty().addListener(_ -> showRecognised());
        viewModel.lookingProperty().addListener(_ -> show(viewModel.previewProperty().get()));
        viewModel.problemProperty().addListener(_ -> showProblem());
        viewModel.reportProperty().addListener((_, _, now) -> showReport(now));
        var busy = viewModel.runningProperty().or(viewModel.lookingProperty());
        run.disableProperty().bind(viewModel.readyProperty().not());
        progress.visibleProperty().bind(busy);
        viewModel
                .progressProperty()
                .addListener((_, _, now) -> progress.setProgress(now.fraction()));
        cancel.visibleProperty().bind(busy);
        cancel.managedProperty().bind(busy);
        show(viewModel.previewProperty().get());
        showProblem();
        showReport(viewModel.reportProperty().get());
    }

    /// What is typed counts when the person is done with it, not at every letter.
    private static void follow(TextField field, StringProperty value) {
        field.setText(value.get());
        value.addListener((_, _, now) -> {
            if (!field.getText().equals(now)) {
                field.setText(now);
                field.end();
            }
        });
        field.setOnAction(_ -> value.set(field.getText()));
        field.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        value.set(field.getText());
                    }
                });
    }

    private void showFormat(FormatChoice now) {
        importFormats.getSelectionModel().select(now);
        importFormats.scrollTo(now);
        showRecognised();
    }

    private void showRecognised() {
        boolean known = viewModel.recognisedProperty().get();
        var asked = !viewModel.sourceProperty().get().isBlank();
        show(recognised, asked);
        recognised.setText(
                Texts.get(
                        known ? "exchange.import.recognised" : "exchange.import.chosen",
                        viewModel.formatProperty().get().title()));
    }

    private void showTab() {
        show(labelsBox, labelsTab.isSelected());
        show(rows, rowsTab.isSelected());
        show(findings, findingsTab.isSelected());
    }

    private void show(Optional<ImportPreview> now) {
        showRecognised();
        show(previewBox, now.isPresent());
        show(images, now.isPresent());
        boolean looking = viewModel.lookingProperty().get();
        show(summary, now.isPresent() || looking);
        summary.setText(
                now.map(ImportPreview::summary).orElse(Texts.get("exchange.import.looking")));
        images.setText(now.map(ImportPreview::images).orElse(""));
        if (now.isEmpty()) {
            return;
        }
        var found = now.get();
        rows.setText(String.join("\n", found.rows()));
        var lines = new ArrayList<FindingRow>();
        found.findings()
                .forEach(one ->
                        lines.add(
                                new FindingRow.Line(
                                        one.severity(),
                                        one.place(),
                                        one.message(),
                                        Optional.empty())));
        findings.getItems().setAll(lines);
        long count = found.findings().size() + found.more();
        findingsTab.setText(Texts.get("exchange.tab.check.count", count));
        labelsTab.setText(Texts.get("exchange.import.labels", found.labels().size()));
        (found.labels().isEmpty() ? rowsTab : labelsTab).setSelected(true);
    }

    private void showLabels() {
        labels.getChildren().clear();
        var known = viewModel.projectLabels();
        int row = 0;
        for (var line : viewModel.labels()) {
            if (row == MOST_LABELS) {
                var more = new Label(Texts.get("exchange.moreFindings", left()));
                labels.add(more, 0, row);
                return;
            }
            addLabel(line, known, row++);
        }
    }

    private int left() {
        return viewModel.labels().size() - MOST_LABELS;
    }

    private void addLabel(LabelLine line, List<String> known, int row) {
        var name = new Label(line.label().name());
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setMaxWidth(200);
        name.setTooltip(new Tooltip(line.label().name()));
        GridPane.setHgrow(name, Priority.SOMETIMES);
        var count = new Label(Texts.get("exchange.import.count", line.label().count()));
        count.getStyleClass().add("detail-text");
        count.setMinWidth(Region.USE_PREF_SIZE);
        var becomes = new ComboBox<String>();
        becomes.setEditable(true);
        becomes.getItems().setAll(known);
        becomes.setValue(line.becomes().get());
        becomes.setPromptText(Texts.get("exchange.import.leaveOut"));
        becomes.getEditor().textProperty().bindBidirectional(line.becomes());
        becomes.setMaxWidth(Double.MAX_VALUE);
        // Whoever ends a name with Enter does not mean to import yet.
        becomes.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER && !becomes.isShowing()) {
                        event.consume();
                    }
                });
        becomes.setAccessibleText(Texts.get("exchange.import.becomes", line.label().name()));
        GridPane.setHgrow(becomes, Priority.ALWAYS);
        var state = new Label();
        state.getStyleClass().add("detail-text");
        state.setMinWidth(Region.USE_PREF_SIZE);
        Runnable say = () -> state.setText(state(line, known));
        line.becomes().addListener(_ -> say.run());
        say.run();
        labels.addRow(row, name, count, new Label("→"), becomes, state);
    }

    /// What becomes of a label, in a word.
    private static String state(LabelLine line, List<String> known) {
        if (line.name().isEmpty()) {
            return Texts.get("exchange.import.leftOut");
        }
        if (!line.isGood()) {
            return Texts.get("exchange.import.noName");
        }
        return Texts.get(
                known.contains(line.name()) ? "exchange.import.known" : "exchange.import.new");
    }

    private void showProblem() {
        var now = viewModel.problemProperty().get();
        show(problemBox, now.isPresent());
        now.ifPresent(problem -> problemText.setText(problem.oneLine()));
    }

    private void showReport(Optional<Report> now) {
        show(reportBox, now.isPresent());
        show(hint, now.isEmpty());
        now.ifPresent(done -> {
            reportSummary.setText(done.summary());
            reportLines.setText(String.join("\n", done.lines()));
            show(reportLines, !done.lines().isEmpty());
        });
        close.setText(Texts.get(now.isPresent() ? "exchange.close" : "exchange.cancel"));
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void chooseFile() {
        viewModel.chooseFile();
    }

    @FXML
    private void chooseFolder() {
        viewModel.chooseFolder();
    }

    @FXML
    private void chooseImageFolder() {
        viewModel.chooseImageFolder();
    }

    @FXML
    private void run() {
        viewModel.run();
    }

    @FXML
    private void takeBack() {
        viewModel.takeBack();
    }

    @FXML
    private void cancel() {
        viewModel.cancel();
    }

    @FXML
    private void close() {
        viewModel.close();
    }
}
