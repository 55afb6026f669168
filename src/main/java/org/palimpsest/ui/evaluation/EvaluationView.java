package org.palimpsest.ui.evaluation;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.evaluation.ConfusionMatrix.Cell;
import org.palimpsest.ui.control.TitleConverter;
import org.palimpsest.ui.support.Texts;

/// The page that judges models. Confined to the JavaFX thread.
public final class EvaluationView implements FxmlView<EvaluationViewModel> {
    private static final double NOTE_WIDTH = 520;
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    @FXML private Region noProject;
    @FXML private VBox content;
    @FXML private ComboBox<ImageChoice> images;
    @FXML private ComboBox<KnownModel> models;
    @FXML private FlowPane tasks;
    @FXML private Label known;
    @FXML private Button start;
    @FXML private HBox progressRow;
    @FXML private ProgressBar progress;
    @FXML private Label progressWords;
    @FXML private HBox messageBox;
    @FXML private FontIcon messageIcon;
    @FXML private Label messageTitle;
    @FXML private Label messageWords;
    @FXML private Region nothingYet;
    @FXML private Region results;
    @FXML private ListView<Shown> evaluations;
    @FXML private ComboBox<Optional<Shown>> before;
    @FXML private TabPane tabs;
    @FXML private Tab figuresTab;
    @FXML private Tab labelsTab;
    @FXML private Tab curveTab;
    @FXML private Tab confusionTab;
    @FXML private Tab imagesTab;
    @InjectViewModel private EvaluationViewModel viewModel;

    private boolean filling;

    public void initialize() {
        showOnly(noProject, content);
        choices();
        status();
        history();
        var details = viewModel.history().details();
        figuresTab.setContent(new FigureTable(viewModel.history()));
        labelsTab.setContent(new LabelTable(viewModel.history()));
        curveTab.setContent(new CurveCard(details));
        confusionTab.setContent(new ConfusionCard(details, this::showImages));
        imagesTab.setContent(new ImageCard(viewModel));
    }

    private void showImages(Cell cell) {
        viewModel.history().details().showImages(cell);
        tabs.getSelectionModel().select(imagesTab);
        var list = imagesTab.getContent().lookup(".worst-images");
        if (list != null) {
            list.requestFocus();
        }
    }

    private void showOnly(Region without, Region with) {
        Runnable show =
                () -> {
                    boolean open = viewModel.projectProperty().get().isPresent();
                    see(with, open);
                    see(without, !open);
                };
        viewModel.projectProperty().addListener(_ -> show.run());
        show.run();
    }

    private static void see(Region region, boolean seen) {
        region.setVisible(seen);
        region.setManaged(seen);
    }

    private void choices() {
        images.getItems().setAll(ImageChoice.values());
        images.setConverter(new TitleConverter<>(ImageChoice::title));
        images.valueProperty().bindBidirectional(viewModel.imagesProperty());
        models.setItems(viewModel.models());
        models.setConverter(new TitleConverter<>(KnownModel::title));
        // What the list of models forgets while it is filled anew is not the person's choice.
        models.setValue(viewModel.modelProperty().get());
        viewModel.modelProperty().addListener((_, _, now) -> models.setValue(now));
        models.valueProperty()
                .addListener((_, _, now) -> {
                    if (now != null) {
                        viewModel.modelProperty().set(now);
                    }
                });
        for (var task : EvaluationViewModel.TASKS) {
            var box = new CheckBox(Texts.get("evaluation.ask." + task.name()));
            box.selectedProperty().bindBidirectional(viewModel.taskProperty(task));
            box.disableProperty().bind(viewModel.busyProperty());
            tasks.getChildren().add(box);
        }
        for (var control : List.of(images, models)) {
            control.disableProperty().bind(viewModel.busyProperty());
        }
        start.disableProperty().bind(Bindings.not(viewModel.startableProperty()));
        start.visibleProperty().bind(viewModel.busyProperty().not());
        start.managedProperty().bind(start.visibleProperty());
        viewModel.knownProperty().addListener(_ -> showKnown());
        showKnown();
    }

    private void showKnown() {
        known.setText(
                viewModel
                        .knownProperty()
                        .get()
                        .map(found ->
                                found.known() > 0
                                        ? Texts.get(
                                                "evaluation.known", found.known(), found.total())
                                        : Texts.get("evaluation.known.none", found.total()))
                        .orElse(Texts.get("evaluation.known.counting")));
        known.pseudoClassStateChanged(
                ERROR, viewModel.knownProperty().get().filter(one -> one.known() == 0).isPresent());
    }

    private void status() {
        progressRow.visibleProperty().bind(viewModel.busyProperty());
        progressRow.managedProperty().bind(viewModel.busyProperty());
        progress.progressProperty().bind(viewModel.fractionProperty());
        progressWords.textProperty().bind(viewModel.progressWordsProperty());
        progress.accessibleTextProperty().bind(viewModel.progressWordsProperty());
        viewModel.messageProperty().addListener(_ -> showMessage());
        showMessage();
    }

    private void showMessage() {
        var message = viewModel.messageProperty().get();
        see(messageBox, message.isPresent());
        message.ifPresent(now -> {
            boolean error = now.kind() == Message.Kind.ERROR;
            messageBox.pseudoClassStateChanged(ERROR, error);
            messageIcon.setIconLiteral(error ? "mdal-error" : "mdal-info");
            messageTitle.setText(now.title());
            messageWords.setText(now.words());
            see(messageWords, !now.words().isEmpty());
        });
    }

    private void history() {
        var history = viewModel.history();
        evaluations.setItems(history.evaluations());
        evaluations.setCellFactory(_ -> new EvaluationCell());
        evaluations
                .getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, chosen) -> {
                    if (!filling && chosen != null && !isShown(chosen)) {
                        history.show(Optional.of(chosen));
                    }
                });
        before.setConverter(
                new TitleConverter<>(other ->
                        other.map(EvaluationText::title)
                                .orElse(Texts.get("evaluation.before.none"))));
        before.valueProperty()
                .addListener((_, _, chosen) -> {
                    if (!filling && chosen != null) {
                        history.compareWith(chosen);
                    }
                });
        history.shownProperty().addListener(_ -> showHistory());
        history.beforeProperty().addListener(_ -> showHistory());
        history.evaluations().addListener((ListChangeListener<Shown>) _ -> showHistory());
        showHistory();
    }

    private boolean isShown(Shown one) {
        return viewModel.history().shownProperty().get().filter(now -> now == one).isPresent();
    }

    private void showHistory() {
        filling = true;
        var history = viewModel.history();
        var shown = history.shownProperty().get();
        see(results, shown.isPresent());
        see(nothingYet, shown.isEmpty());
        shown.ifPresentOrElse(
                evaluations.getSelectionModel()::select,
                evaluations.getSelectionModel()::clearSelection);
        var others = new ArrayList<Optional<Shown>>();
        others.add(Optional.empty());
        history.evaluations().stream()
                .filter(one -> !isShown(one))
                .forEach(one -> others.add(Optional.of(one)));
        before.getItems().setAll(others);
        before.setValue(history.beforeProperty().get());
        filling = false;
    }

    @FXML
    private void start() {
        viewModel.start();
    }

    @FXML
    private void stop() {
        viewModel.stop();
    }

    @FXML
    private void exportCsv() {
        viewModel.history().exportCsv();
    }

    @FXML
    private void exportJson() {
        viewModel.history().exportJson();
    }

    @FXML
    private void copy() {
        var clip = new ClipboardContent();
        clip.putString(viewModel.history().text());
        Clipboard.getSystemClipboard().setContent(clip);
    }

    /// The model, the day, the images, and the first figure.
    private static final class EvaluationCell extends ListCell<Shown> {
        private final Label model = new Label();
        private final Label when = new Label();
        private final VBox lines = new VBox(2, model, when);

        EvaluationCell() {
            model.getStyleClass().add("panel-title");
            when.getStyleClass().add("field-hint");
            when.setWrapText(true);
            when.setMinHeight(Region.USE_PREF_SIZE);
            lines.setMinWidth(0);
            lines.setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Shown item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            model.setText(item.figures().model());
            when.setText(
                    Texts.get(
                            "evaluation.cell",
                            Date.from(item.at()),
                            ImageChoice.title(item.images()),
                            item.figures().images()));
            setAccessibleText(model.getText() + ", " + when.getText());
            setGraphic(lines);
        }
    }

    /// What stands in the place of details that were not kept.
    static void seeNote(Pane note, Region shown, boolean there) {
        see(note, !there);
        see(shown, there);
    }

    /// Says that details are there only for a new evaluation, or that there is nothing of the kind.
    static VBox note() {
        var label = new Label();
        label.setWrapText(true);
        label.getStyleClass().add("evaluation-note");
        label.setMaxWidth(NOTE_WIDTH);
        var note = new VBox(label);
        note.getStyleClass().add("evaluation-note-box");
        return note;
    }

    static void setNote(VBox note, String words) {
        ((Label) note.getChildren().getFirst()).setText(words);
    }
}
