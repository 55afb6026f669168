package org.palimpsest.ui.shell;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
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

/// The line at the foot of the window. Confined to the JavaFX thread.
public final class StatusBarView implements FxmlView<StatusBarViewModel> {
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    @FXML private Label model;
    @FXML private FontIcon modelIcon;
    @FXML private Label device;
    @FXML private HBox progress;
    @FXML private ProgressBar progressBar;
    @FXML private Label progressText;
    @FXML private Label pointer;
    @FXML private Label image;

    @InjectViewModel private StatusBarViewModel viewModel;

    private final Tooltip modelTip = new Tooltip();
    private final Tooltip deviceTip = new Tooltip();

    public void initialize() {
        for (var tip : new Tooltip[] {modelTip, deviceTip}) {
            tip.setWrapText(true);
            tip.setMaxWidth(420);
            tip.setShowDelay(Duration.millis(300));
            tip.setShowDuration(Duration.minutes(1));
        }
        model.setTooltip(modelTip);
        device.setTooltip(deviceTip);
        pointer.textProperty().bind(viewModel.pixelProperty());
        image.textProperty().bind(viewModel.imageProperty());
        viewModel.modelProperty().addListener((_, _, state) -> showModel(state));
        showModel(viewModel.modelProperty().get());
    }

    private void showModel(ModelState state) {
        boolean broken = state instanceof ModelState.Broken;
        model.pseudoClassStateChanged(ERROR, broken);
        modelIcon.setIconLiteral(broken ? "mdal-error_outline" : "mdmz-science");
        show(device, state instanceof ModelState.Ready);
        show(progress, state instanceof ModelState.Opening);
        switch (state) {
            case ModelState.None _ -> {
                model.setText("No model");
                modelTip.setText("Choose one in File > Choose model…");
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
                model.setText("Model not opened: " + problem.summary());
                modelTip.setText(problem.detail() + "\n" + problem.remedy() + "\n" + folder);
            }
        }
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
