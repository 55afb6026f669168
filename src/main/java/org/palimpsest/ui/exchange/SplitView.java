package org.palimpsest.ui.exchange;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Slider;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.split.SplitOptions;
import org.palimpsest.dataset.split.SplitPlan;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.control.TitleConverter;
import org.palimpsest.ui.support.Texts;

/// The dialog that divides the images: choices on the left, what they lead to on the right. Confined to the JavaFX
/// thread.
public final class SplitView implements FxmlView<SplitViewModel> {
    private static final List<Split> PARTS = List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);
    private static final int SHOWN_NAMES = 4;

    @FXML private GridPane shares;
    @FXML private ComboBox<SplitOptions.Mode> mode;
    @FXML private CheckBox alike;
    @FXML private CheckBox folders;
    @FXML private CheckBox anew;
    @FXML private TextField seed;
    @FXML private VBox selectedBox;
    @FXML private Label selectedTitle;
    @FXML private FlowPane selectedParts;
    @FXML private Label summary;
    @FXML private TableView<SplitPreview.Row> table;
    @FXML private TableColumn<SplitPreview.Row, String> name;
    @FXML private VBox leakBox;
    @FXML private Label leakText;
    @FXML private ListView<SplitPlan.Group> leaks;
    @FXML private Label notes;
    @FXML private HBox problemBox;
    @FXML private Label problemText;
    @FXML private ProgressBar progress;
    @FXML private Button apply;

    @InjectViewModel private SplitViewModel viewModel;

    private final Map<Split, ShareLine> lines = new EnumMap<>(Split.class);

    private record ShareLine(Slider slider, TextField field) {}

    public void initialize() {
        for (var part : PARTS) {
            addShare(part);
        }
        viewModel.sharesProperty().addListener((_, _, now) -> showShares(now));
        showShares(viewModel.sharesProperty().get());
        mode.getItems().setAll(SplitOptions.Mode.values());
        mode.setConverter(
                new TitleConverter<>(one -> Texts.get("exchange.splits.mode." + one.name())));
        mode.valueProperty().bindBidirectional(viewModel.modeProperty());
        alike.selectedProperty().bindBidirectional(viewModel.alikeTogetherProperty());
        folders.selectedProperty().bindBidirectional(viewModel.foldersTogetherProperty());
        anew.selectedProperty().bindBidirectional(viewModel.anewProperty());
        seed.textProperty().bindBidirectional(viewModel.seedProperty());
        prepareSelected();
        prepareTable();
        prepareLeaks();
        viewModel.previewProperty().addListener((_, _, now) -> show(now));
        viewModel.problemProperty().addListener((_, _, now) -> showProblem(now));
        apply.disableProperty().bind(viewModel.readyProperty().not());
        progress.visibleProperty().bind(viewModel.busyProperty());
        show(viewModel.previewProperty().get());
        showProblem(viewModel.problemProperty().get());
    }

    private static String title(Split part) {
        return Texts.get("exchange.split." + part.name());
    }

    private static String shortTitle(Split part) {
        return part == Split.UNASSIGNED ? Texts.get("exchange.splits.none") : title(part);
    }

    private void addShare(Split part) {
        var label = new Label(title(part));
        label.setMinWidth(Region.USE_PREF_SIZE);
        var slider = new Slider(0, 100, 0);
        slider.setBlockIncrement(5);
        slider.setAccessibleText(title(part));
        slider.valueProperty()
                .addListener((_, _, now) -> {
                    int percent = (int) Math.round(now.doubleValue());
                    if (percent != viewModel.sharesProperty().get().of(part)) {
                        viewModel.share(part, percent);
                    }
                });
        GridPane.setHgrow(slider, Priority.ALWAYS);
        var field = new TextField();
        field.setPrefColumnCount(3);
        field.setAlignment(Pos.CENTER_RIGHT);
        field.setAccessibleText(Texts.get("exchange.splits.percent", title(part)));
        field.setOnAction(_ -> typed(part, field));
        field.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        typed(part, field);
                    }
                });
        lines.put(part, new ShareLine(slider, field));
        shares.addRow(shares.getRowCount(), label, slider, field, new Label("%"));
    }

    private void typed(Split part, TextField field) {
        if (field.getText().strip().matches("[0-9]{1,3}")) {
            viewModel.share(part, Integer.parseInt(field.getText().strip()));
        }
        showShares(viewModel.sharesProperty().get());
    }

    private void showShares(Shares now) {
        lines.forEach((part, line) -> {
            if (Math.round(line.slider().getValue()) != now.of(part)) {
                line.slider().setValue(now.of(part));
            }
            line.field().setText(Integer.toString(now.of(part)));
        });
    }

    private void prepareSelected() {
        int count = viewModel.selected();
        show(selectedBox, count > 0);
        selectedTitle.setText(Texts.get("exchange.splits.selected", count));
        for (var part : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST, Split.UNASSIGNED)) {
            var button = new Button(shortTitle(part));
            button.getStyleClass().add("small");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setAccessibleText(Texts.get("exchange.splits.assign", count, title(part)));
            button.disableProperty().bind(viewModel.busyProperty());
            button.setOnAction(_ -> viewModel.assignSelected(part));
            selectedParts.getChildren().add(button);
        }
    }

    private void prepareTable() {
        name.setCellValueFactory(row -> new ReadOnlyStringWrapper(row.getValue().name()));
        name.setCellFactory(_ -> new NameCell());
        for (var part : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST, Split.UNASSIGNED)) {
            var column = new TableColumn<SplitPreview.Row, String>(shortTitle(part));
            column.setSortable(false);
            column.setReorderable(false);
            column.setPrefWidth(126);
            column.getStyleClass().add("split-count");
            column.setStyle("-fx-alignment: center-right;");
            column.setCellValueFactory(
                    row -> new ReadOnlyStringWrapper(row.getValue().words(part)));
            table.getColumns().add(column);
        }
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.setPlaceholder(new Label(Texts.get("exchange.splits.empty")));
        table.setRowFactory(_ -> new TotalRow());
    }

    /// A long name is shortened in its middle and told whole by its tip.
    private static final class NameCell extends TableCell<SplitPreview.Row, String> {
        NameCell() {
            setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        }

        @Override
        protected void updateItem(String item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty ? null : item);
            setTooltip(empty || item == null ? null : new Tooltip(item));
        }
    }

    /// Numbers of all images stand out from those of labels.
    private static final class TotalRow extends TableRow<SplitPreview.Row> {
        @Override
        protected void updateItem(SplitPreview.Row item, boolean empty) {
            super.updateItem(item, empty);
            getStyleClass().remove("split-total");
            if (!empty && item != null && item.total()) {
                getStyleClass().add("split-total");
            }
        }
    }

    private void prepareLeaks() {
        leaks.setCellFactory(_ -> new LeakCell(this::words));
        leaks.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                openLeak();
            }
        });
        leaks.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        event.consume();
                        openLeak();
                    }
                });
    }

    private String words(SplitPlan.Group group) {
        var names =
                group.members().stream()
                        .limit(SHOWN_NAMES)
                        .map(viewModel::name)
                        .collect(Collectors.joining(", "));
        return Texts.get(
                "exchange.splits.leak", names, Math.max(0, group.members().size() - SHOWN_NAMES));
    }

    private void openLeak() {
        var group = leaks.getSelectionModel().getSelectedItem();
        if (group != null) {
            viewModel.show(group.members().getFirst());
        }
    }

    private void show(Optional<SplitPreview> now) {
        if (now.isEmpty()) {
            summary.setText(
                    Texts.get(
                            viewModel.isSeedGood()
                                    ? "exchange.looking"
                                    : "exchange.splits.badSeed"));
            show(leakBox, false);
            notes.setText("");
            return;
        }
        var preview = now.get();
        summary.setText(Texts.get("exchange.splits.summary", preview.changes()));
        var selected = table.getSelectionModel().getSelectedIndex();
        table.getItems().setAll(preview.rows());
        table.getSelectionModel().select(selected);
        var torn = preview.plan().torn();
        show(leakBox, !torn.isEmpty());
        leakText.setText(Texts.get("exchange.splits.leaking", torn.size()));
        leaks.getItems().setAll(torn);
        notes.setText(
                Texts.get(
                        "exchange.splits.notes",
                        preview.plan().together().size(),
                        preview.unseen()));
    }

    private void showProblem(Optional<Problem> now) {
        show(problemBox, now.isPresent());
        now.ifPresent(problem -> problemText.setText(problem.oneLine()));
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void otherSeed() {
        viewModel.otherSeed();
    }

    @FXML
    private void apply() {
        viewModel.apply();
    }

    @FXML
    private void close() {
        viewModel.close();
    }
}
