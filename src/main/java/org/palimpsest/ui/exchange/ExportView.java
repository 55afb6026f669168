package org.palimpsest.ui.exchange;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.control.TitleConverter;
import org.palimpsest.ui.support.Texts;

/// The export dialog: format and choices on the left, what would be written on the right. Confined to the JavaFX thread.
public final class ExportView implements FxmlView<ExportViewModel> {
    @FXML private ListView<FormatChoice> formats;
    @FXML private ComboBox<Scope> scope;
    @FXML private ComboBox<Optional<Split>> split;
    @FXML private ComboBox<ImagesMode> images;
    @FXML private CheckBox acceptedOnly;
    @FXML private VBox settings;
    @FXML private Label summary;
    @FXML private Label classes;
    @FXML private VBox lossesBox;
    @FXML private Label losses;
    @FXML private TextArea content;
    @FXML private ComboBox<String> file;
    @FXML private TextField target;
    @FXML private HBox problemBox;
    @FXML private Label problemText;
    @FXML private VBox reportBox;
    @FXML private Label reportSummary;
    @FXML private TextArea reportLines;
    @FXML private ProgressBar progress;
    @FXML private ToggleGroup tabs;
    @FXML private ToggleButton contentTab;
    @FXML private ToggleButton checkTab;
    @FXML private VBox contentBox;
    @FXML private VBox checkBox;
    @FXML private Label checkSummary;
    @FXML private ListView<FindingRow> findings;
    @FXML private Button runAnyway;
    @FXML private Label reportTotals;
    @FXML private Button check;
    @FXML private Button run;
    @FXML private Button cancel;
    @FXML private Button close;

    @InjectViewModel private ExportViewModel viewModel;

    private List<String> contents = List.of();

    public void initialize() {
        formats.getItems().setAll(viewModel.formats());
        formats.setCellFactory(_ -> new FormatCell());
        formats.getSelectionModel().select(viewModel.formatProperty().get());
        formats.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, chosen) -> {
                    if (chosen != null) {
                        viewModel.formatProperty().set(chosen);
                    }
                });
        choice(scope, viewModel.scopes(), viewModel::title);
        scope.valueProperty().bindBidirectional(viewModel.scopeProperty());
        choice(
                split,
                Stream.concat(
                                Stream.of(Optional.<Split>empty()),
                                Arrays.stream(Split.values()).map(Optional::of))
                        .toList(),
                ExportView::title);
        split.valueProperty().bindBidirectional(viewModel.splitProperty());
        choice(
                images,
                List.of(ImagesMode.values()),
                mode -> Texts.get("exchange.imagesMode." + mode.name()));
        images.valueProperty().bindBidirectional(viewModel.imagesProperty());
        acceptedOnly.selectedProperty().bindBidirectional(viewModel.acceptedOnlyProperty());
        viewModel.settings().addListener((ListChangeListener<SettingLine>) _ -> showSettings());
        showSettings();
        viewModel.targetProperty().addListener((_, _, now) -> showTarget(now));
        showTarget(viewModel.targetProperty().get());
        target.textProperty()
                .addListener((_, _, typed) -> {
                    if (!typed.equals(viewModel.targetProperty().get())) {
                        viewModel.typeTarget(typed);
                    }
                });
        file.getSelectionModel()
                .selectedIndexProperty()
                .addListener((_, _, place) -> showContent(place.intValue()));
        viewModel.previewProperty().addListener((_, _, now) -> show(now));
        viewModel.problemProperty().addListener(_ -> showProblem());
        viewModel.reportProperty().addListener((_, _, now) -> showReport(now));
        viewModel.blockedProperty().addListener(_ -> showProblem());
        run.disableProperty().bind(viewModel.readyProperty().not());
        check.disableProperty().bind(viewModel.readyProperty().not());
        progress.visibleProperty().bind(viewModel.runningProperty());
        viewModel
                .progressProperty()
                .addListener((_, _, now) -> progress.setProgress(now.fraction()));
        cancel.visibleProperty().bind(viewModel.runningProperty());
        cancel.managedProperty().bind(viewModel.runningProperty());
        show(viewModel.previewProperty().get());
        showProblem();
        showReport(viewModel.reportProperty().get());
        prepareCheck();
    }

    private void prepareCheck() {
        findings.setCellFactory(_ -> new FindingCell());
        findings.setPlaceholder(new Label(Texts.get("exchange.findings.none")));
        findings.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                openFinding();
            }
        });
        // Else the default button would take the key.
        findings.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        event.consume();
                        openFinding();
                    }
                });
        tabs.selectedToggleProperty()
                .addListener((_, before, now) -> {
                    if (now == null) {
                        before.setSelected(true);
                    } else {
                        showTab();
                    }
                });
        viewModel.checkProperty().addListener((_, _, now) -> showCheck(now));
        showCheck(viewModel.checkProperty().get());
        showTab();
    }

    private void openFinding() {
        var row = findings.getSelectionModel().getSelectedItem();
        if (row != null) {
            viewModel.show(row);
        }
    }

    private void showTab() {
        show(contentBox, contentTab.isSelected());
        show(checkBox, checkTab.isSelected());
    }

    private void showCheck(Optional<ExportCheck> now) {
        findings.getItems().setAll(now.map(ExportCheck::rows).orElse(List.of()));
        show(findings, !findings.getItems().isEmpty());
        checkSummary.setText(
                now.map(found ->
                                found.rows().isEmpty()
                                        ? found.summary()
                                        : found.summary() + "\n" + Texts.get("exchange.open"))
                        .orElse(Texts.get("exchange.unchecked")));
        long count = now.map(found -> found.errors() + found.warnings()).orElse(0L);
        checkTab.setText(Texts.get("exchange.tab.check.count", count));
        if (now.isPresent()) {
            checkTab.setSelected(true);
            if (!now.get().rows().isEmpty()) {
                findings.getSelectionModel().select(Math.min(1, now.get().rows().size() - 1));
            }
        } else {
            contentTab.setSelected(true);
        }
    }

    private static String title(Optional<Split> part) {
        return Texts.get("exchange.split." + part.map(Split::name).orElse("ANY"));
    }

    private static <T> void choice(ComboBox<T> box, List<T> values, Function<T, String> title) {
        box.getItems().setAll(values);
        box.setConverter(new TitleConverter<>(title));
    }

    private void showTarget(String now) {
        if (!target.getText().equals(now)) {
            target.setText(now);
            target.end();
        }
    }

    private void showSettings() {
        settings.getChildren()
                .setAll(viewModel.settings().stream().map(ExportView::setting).toList());
    }

    private static Node setting(SettingLine line) {
        var name = new Label(line.setting().name());
        name.getStyleClass().add("field-name");
        var tip = new Tooltip(line.setting().description());
        tip.setWrapText(true);
        tip.setMaxWidth(360);
        name.setTooltip(tip);
        Node choice;
        if (line.setting().values().isEmpty()) {
            var field = new TextField();
            // Looked at again when the person is done typing, not at every letter.
            field.setText(line.value().get());
            field.setOnAction(_ -> line.value().set(field.getText()));
            field.focusedProperty()
                    .addListener((_, _, focused) -> {
                        if (!focused) {
                            line.value().set(field.getText());
                        }
                    });
            field.setTooltip(tip);
            choice = field;
        } else {
            var box = new ComboBox<String>();
            box.getItems().setAll(line.setting().values());
            box.valueProperty().bindBidirectional(line.value());
            box.setMaxWidth(Double.MAX_VALUE);
            box.setTooltip(tip);
            choice = box;
        }
        choice.setAccessibleText(line.setting().name() + ": " + line.setting().description());
        return new VBox(2, name, choice);
    }

    private void show(Optional<Preview> now) {
        summary.setText(now.map(Preview::summary).orElse(Texts.get("exchange.looking")));
        classes.setText(now.map(one -> inOrder(one.classes())).orElse(""));
        var lost =
                now.map(one ->
                                String.join(
                                        "\n",
                                        Stream.concat(
                                                        one.losses().stream(),
                                                        one.findings().stream())
                                                .map(line -> "• " + line)
                                                .toList()))
                        .orElse("");
        show(lossesBox, !lost.isEmpty());
        losses.setText(lost);
        showFiles(now);
    }

    private static String inOrder(List<String> names) {
        return names.isEmpty() ? Texts.get("exchange.noClasses") : String.join("  ›  ", names);
    }

    private void showFiles(Optional<Preview> now) {
        var names = new ArrayList<String>();
        var texts = new ArrayList<String>();
        now.ifPresent(one -> {
            if (!one.examples().isEmpty()) {
                names.add(Texts.get("exchange.examples"));
                texts.add(String.join("\n\n", one.examples()));
            }
            for (var written : one.files()) {
                names.add(written.name());
                texts.add(written.beginning());
            }
        });
        contents = texts;
        file.getItems().setAll(names);
        if (names.isEmpty()) {
            content.setText("");
        } else {
            file.getSelectionModel().select(0);
            showContent(0);
        }
    }

    private void showContent(int place) {
        content.setText(place < 0 || place >= contents.size() ? "" : contents.get(place));
    }

    private void showProblem() {
        var now = viewModel.problemProperty().get();
        boolean blocked = viewModel.blockedProperty().get();
        show(problemBox, now.isPresent() || blocked);
        show(runAnyway, blocked && now.isEmpty());
        problemText.setText(
                now.map(Problem::oneLine)
                        .orElse(
                                viewModel
                                        .checkProperty()
                                        .get()
                                        .map(found -> Texts.get("exchange.blocked", found.errors()))
                                        .orElse("")));
    }

    private void showReport(Optional<Report> now) {
        show(reportBox, now.isPresent());
        now.ifPresent(done -> {
            reportSummary.setText(done.summary());
            reportTotals.setText(done.totals());
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
    private void chooseTarget() {
        viewModel.chooseTarget();
    }

    @FXML
    private void run() {
        viewModel.run();
    }

    @FXML
    private void check() {
        viewModel.check();
    }

    @FXML
    private void runAnyway() {
        viewModel.runAnyway();
    }

    @FXML
    private void editSplits() {
        viewModel.editSplits();
    }

    @FXML
    private void copyPath() {
        viewModel
                .reportProperty()
                .get()
                .ifPresent(done -> {
                    var text = new ClipboardContent();
                    text.putString(done.folder().toString());
                    Clipboard.getSystemClipboard().setContent(text);
                });
    }

    @FXML
    private void cancel() {
        viewModel.cancel();
    }

    @FXML
    private void close() {
        viewModel.close();
    }

    @FXML
    private void showFolder() {
        viewModel.showFolder();
    }
}
