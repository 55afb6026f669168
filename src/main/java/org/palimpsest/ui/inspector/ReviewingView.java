package org.palimpsest.ui.inspector;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.ui.control.RovingFocus;
import org.palimpsest.ui.support.Texts;

/// What can be said to the proposals of an image: buttons, and the choice of a score. Confined to the JavaFX thread.
public final class ReviewingView implements FxmlView<ReviewingViewModel> {
    @FXML private VBox root;
    @FXML private HBox actions;
    @FXML private Label waiting;
    @FXML private Button accept;
    @FXML private Button reject;
    @FXML private VBox threshold;
    @FXML private Slider slider;
    @FXML private Label value;
    @FXML private Button acceptAbove;

    @InjectViewModel private ReviewingViewModel viewModel;

    public void initialize() {
        RovingFocus.in(actions);
        var any = viewModel.waitingProperty().greaterThan(0);
        root.visibleProperty().bind(any);
        root.managedProperty().bind(any);
        waiting.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        Texts.get(
                                                "inspector.waiting",
                                                viewModel.waitingProperty().get()),
                                viewModel.waitingProperty()));
        accept.disableProperty().bind(viewModel.reviewableProperty().not());
        reject.disableProperty().bind(viewModel.reviewableProperty().not());
        threshold.visibleProperty().bind(viewModel.askingThresholdProperty());
        threshold.managedProperty().bind(viewModel.askingThresholdProperty());
        slider.valueProperty().bindBidirectional(viewModel.thresholdProperty());
        value.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> Descriptions.percent(viewModel.thresholdProperty().get()),
                                viewModel.thresholdProperty()));
        acceptAbove
                .textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        Texts.get(
                                                "inspector.threshold.accept",
                                                viewModel.aboveProperty().get(),
                                                viewModel.waitingProperty().get()),
                                viewModel.aboveProperty(),
                                viewModel.waitingProperty()));
        viewModel
                .askingThresholdProperty()
                .addListener((_, _, asking) -> {
                    if (asking) {
                        slider.requestFocus();
                    }
                });
    }

    @FXML
    private void accept() {
        viewModel.review(ReviewState.ACCEPTED);
    }

    @FXML
    private void reject() {
        viewModel.review(ReviewState.REJECTED);
    }

    @FXML
    private void acceptAll() {
        viewModel.reviewAll(ReviewState.ACCEPTED);
    }

    @FXML
    private void rejectAll() {
        viewModel.reviewAll(ReviewState.REJECTED);
    }

    @FXML
    private void askThreshold() {
        viewModel.askingThresholdProperty().set(!viewModel.askingThresholdProperty().get());
    }

    @FXML
    private void acceptAbove() {
        viewModel.acceptAbove();
    }

    @FXML
    private void closeThreshold() {
        viewModel.askingThresholdProperty().set(false);
    }
}
