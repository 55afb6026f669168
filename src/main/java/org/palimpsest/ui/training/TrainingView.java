package org.palimpsest.ui.training;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.training.TrainingViewModel.Stage;

/// The page that fits an adapter: what would be learnt and how, the run, what came of it, and the runs before. Confined to
/// the JavaFX thread.
public final class TrainingView implements FxmlView<TrainingViewModel> {
    private static final double TWO_COLUMNS = 760;
    private static final double GAP = 16;

    @FXML private VBox content;
    @FXML private HBox problemBox;
    @FXML private Label problemText;
    @FXML private VBox before;
    @FXML private VBox advice;
    @FXML private FlowPane cards;
    @FXML private VBox beginning;
    @FXML private Label folder;
    @FXML private Label needs;
    @FXML private Button begin;
    @FXML private ProgressIndicator looking;
    @FXML private Label lookingWords;
    @FXML private VBox running;
    @FXML private VBox after;
    @FXML private VBox earlier;
    @InjectViewModel private TrainingViewModel viewModel;

    public void initialize() {
        var learnt = new LearntCard(viewModel);
        var settings = new SettingsCard(viewModel);
        Stream.of(learnt, settings).forEach(this::fitColumn);
        cards.getChildren().addAll(learnt, settings);
        running.getChildren().setAll(new RunCard(viewModel));
        after.getChildren().setAll(new ResultCard(viewModel));
        new EarlierRuns(viewModel, earlier);
        viewModel.problemProperty().addListener(_ -> showProblem());
        viewModel.adviceProperty().addListener(_ -> showAdvice());
        viewModel.lookup().outlookProperty().addListener(_ -> showNeeds());
        viewModel.stageProperty().addListener(_ -> showStage());
        viewModel.lookup().folderProperty().addListener(_ -> showFolder());
        viewModel.form().rightProperty().addListener(_ -> showNeeds());
        looking.visibleProperty().bind(viewModel.lookup().lookingProperty());
        lookingWords.visibleProperty().bind(viewModel.lookup().lookingProperty());
        looking.setAccessibleText(Texts.get("training.looking"));
        showProblem();
        showAdvice();
        showNeeds();
        showFolder();
        showStage();
    }

    /// Two cards beside each other where there is room, else one above the other.
    private void fitColumn(Region card) {
        var width =
                Bindings.createDoubleBinding(
                        () -> {
                            double all = cards.getWidth();
                            return Math.floor(all >= TWO_COLUMNS ? (all - GAP) / 2 : all);
                        },
                        cards.widthProperty());
        card.prefWidthProperty().bind(width);
        card.minWidthProperty().bind(width);
        card.maxWidthProperty().bind(width);
    }

    private void showStage() {
        var stage = viewModel.stageProperty().get();
        show(before, stage == Stage.BEFORE);
        show(running, stage != Stage.BEFORE);
        show(after, stage == Stage.AFTER);
        showEarlier();
        showProblem();
    }

    private void showEarlier() {
        show(
                earlier,
                viewModel.stageProperty().get() == Stage.BEFORE
                        && !viewModel.lookup().earlierProperty().get().isEmpty());
    }

    static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private void showProblem() {
        var problem = viewModel.problemProperty().get();
        show(problemBox, problem.isPresent());
        problem.ifPresent(known ->
                problemText.setText(
                        Stream.of(known.summary(), known.detail(), known.remedy())
                                .filter(part -> !part.isBlank())
                                .reduce((one, two) -> one + "\n" + two)
                                .orElse("")));
    }

    private void showAdvice() {
        advice.getChildren()
                .setAll(viewModel.adviceProperty().get().stream().map(TrainingView::line).toList());
        show(advice, !advice.getChildren().isEmpty());
        showNeeds();
        showEarlier();
    }

    private static Node line(Advice one) {
        var words = new Label(one.words());
        words.setWrapText(true);
        words.setMinWidth(0);
        words.setMinHeight(Region.USE_PREF_SIZE);
        var line = new HBox(8, new FontIcon(one.blocking() ? "mdal-error" : "mdal-info"), words);
        line.getStyleClass()
                .addAll("notice", one.blocking() ? "training-problem" : "training-hint");
        return line;
    }

    private void showFolder() {
        var path = viewModel.lookup().folderProperty().get().map(Object::toString).orElse("");
        folder.setText(path);
        folder.setTooltip(path.isEmpty() ? null : new Tooltip(path));
        showEarlier();
        showNeeds();
    }

    private void showNeeds() {
        var outlook = viewModel.lookup().outlookProperty().get();
        boolean blocked = viewModel.adviceProperty().get().stream().anyMatch(Advice::blocking);
        show(cards, outlook.isPresent() || !blocked);
        show(beginning, outlook.isPresent() || !blocked);
        needs.setText(
                outlook.flatMap(Outlook::estimate)
                        .map(estimate ->
                                Texts.get(
                                        "training.needs",
                                        estimate.steps(),
                                        estimate.trainedValues(),
                                        Advice.gigabytes(estimate.estimatedBytes()),
                                        Advice.gigabytes(outlook.get().availableBytes())))
                        .orElse(""));
        show(needs, !needs.getText().isEmpty());
        begin.setDisable(
                blocked
                        || !viewModel.form().rightProperty().get()
                        || viewModel.lookup().folderProperty().get().isEmpty()
                        || !outlook.map(Outlook::canBegin).orElse(false));
    }

    @FXML
    private void begin() {
        viewModel.begin();
        content.requestFocus();
    }

    @FXML
    private void chooseFolder() {
        viewModel.lookup().chooseFolder();
    }
}
