package org.palimpsest.ui.shell;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.inference.ModelCard;
import org.palimpsest.inference.ModelState;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.support.SaveState;
import org.palimpsest.ui.support.ShownJob;
import org.palimpsest.ui.support.Texts;

/// The line at the foot of the window. Confined to the JavaFX thread.
public final class StatusBarView implements FxmlView<StatusBarViewModel> {
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");
    private static final Duration MEMORY = Duration.seconds(2);

    @FXML private Label model;
    @FXML private FontIcon modelIcon;
    @FXML private Label device;
    @FXML private HBox progress;
    @FXML private ProgressBar progressBar;
    @FXML private Label progressText;
    @FXML private HBox jobs;
    @FXML private ProgressBar jobBar;
    @FXML private Hyperlink jobText;
    @FXML private Hyperlink runs;
    @FXML private Label memory;
    @FXML private Label saved;
    @FXML private Hyperlink saveAgain;
    @FXML private Label pointer;
    @FXML private Label image;

    @InjectViewModel private StatusBarViewModel viewModel;

    private final Tooltip modelTip = new Tooltip();
    private final Tooltip deviceTip = new Tooltip();
    private final Timeline clock = new Timeline();
    private Runnable showJobs = () -> {};
    private Runnable showRuns = () -> {};

    public void initialize() {
        for (var tip : new Tooltip[] {modelTip, deviceTip}) {
            tip.setWrapText(true);
            tip.setMaxWidth(420);
            tip.setShowDelay(Duration.millis(300));
            tip.setShowDuration(Duration.minutes(1));
        }
        model.setTooltip(modelTip);
        device.setTooltip(deviceTip);
        memory.setTooltip(new Tooltip(Texts.get("shell.status.memory.tip")));
        pointer.textProperty().bind(viewModel.pixelProperty());
        image.textProperty().bind(viewModel.imageProperty());
        runs.textProperty().bind(viewModel.runsProperty());
        runs.visibleProperty().bind(viewModel.runsProperty().isNotEmpty());
        runs.managedProperty().bind(runs.visibleProperty());
        memory.textProperty().bind(viewModel.memoryProperty());
        saved.textProperty().bind(viewModel.savedProperty());
        viewModel.saveStateProperty().addListener((_, _, state) -> showSaved(state));
        showSaved(viewModel.saveStateProperty().get());
        viewModel.modelProperty().addListener((_, _, state) -> showModel(state));
        showModel(viewModel.modelProperty().get());
        viewModel.jobs().addListener((ListChangeListener<ShownJob>) _ -> showJob());
        showJob();
        // Only while the bar is in a window, so that a closed one leaves nothing behind.
        clock.getKeyFrames().setAll(new KeyFrame(MEMORY, _ -> viewModel.lookAtMemory()));
        clock.setCycleCount(Animation.INDEFINITE);
        memory.sceneProperty()
                .flatMap(scene -> scene.windowProperty())
                .flatMap(window -> window.showingProperty())
                .orElse(false)
                .addListener((_, _, showing) -> run(showing));
    }

    private void run(boolean showing) {
        if (showing) {
            clock.play();
        } else {
            clock.stop();
        }
    }

    StatusBarViewModel viewModel() {
        return viewModel;
    }

    /// Says what shows all work that is being done.
    void onShowJobs(Runnable show) {
        showJobs = show;
    }

    /// Says what shows the runs over many images.
    void onShowRuns(Runnable show) {
        showRuns = show;
    }

    private void showSaved(SaveState state) {
        boolean failing = state instanceof SaveState.Failing;
        saved.pseudoClassStateChanged(ERROR, failing);
        show(saveAgain, failing);
    }

    private void showJob() {
        show(jobs, !viewModel.jobs().isEmpty());
        jobBar.progressProperty().unbind();
        jobText.textProperty().unbind();
        if (viewModel.jobs().isEmpty()) {
            return;
        }
        var latest = viewModel.jobs().getLast();
        int others = viewModel.jobs().size() - 1;
        jobBar.progressProperty()
                .bind(
                        Bindings.createDoubleBinding(
                                () -> Math.max(-1, latest.fractionProperty().get()),
                                latest.fractionProperty()));
        jobText.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        Texts.get(
                                                "shell.status.job",
                                                latest.name(),
                                                latest.messageProperty().get(),
                                                latest.messageProperty().get().isEmpty() ? 0 : 1,
                                                others),
                                latest.messageProperty()));
    }

    private void showModel(ModelState state) {
        boolean broken = state instanceof ModelState.Broken;
        model.pseudoClassStateChanged(ERROR, broken);
        modelIcon.setIconLiteral(broken ? "mdal-error_outline" : "mdmz-science");
        show(device, state instanceof ModelState.Ready);
        show(progress, state instanceof ModelState.Opening);
        switch (state) {
            case ModelState.None _ -> {
                model.setText(Texts.get("shell.model.none"));
                modelTip.setText(Texts.get("shell.model.none.tip"));
            }
            case ModelState.Opening(var folder, ProgressUpdate update) -> {
                model.setText(String.valueOf(folder.getFileName()));
                modelTip.setText(folder.toString());
                progressBar.setProgress(
                        update.fraction() < 0
                                ? ProgressBar.INDETERMINATE_PROGRESS
                                : update.fraction());
                progressText.setText(update.message());
            }
            case ModelState.Ready(ModelCard card) -> {
                model.setText(card.name());
                modelTip.setText(card.details() + "\n" + card.folder());
                device.setText(card.device());
                deviceTip.setText(
                        card.deviceReason().isEmpty() ? card.device() : card.deviceReason());
            }
            case ModelState.Broken(var folder, Problem problem) -> {
                model.setText(Texts.get("shell.model.broken", problem.summary()));
                modelTip.setText(problem.detail() + "\n" + problem.remedy() + "\n" + folder);
            }
        }
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void showRuns() {
        showRuns.run();
    }

    @FXML
    private void showJobs() {
        showJobs.run();
    }

    @FXML
    private void stopJob() {
        viewModel.cancelAll();
    }

    @FXML
    private void saveAgain() {
        viewModel.saveAgain();
    }
}
