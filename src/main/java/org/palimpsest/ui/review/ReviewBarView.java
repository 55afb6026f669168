package org.palimpsest.ui.review;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.Arrays;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.ui.control.RovingFocus;
import org.palimpsest.ui.support.Texts;

/// How far the image is, and the ends of the work on it, as a bar. Confined to the JavaFX thread.
public final class ReviewBarView implements FxmlView<ReviewViewModel> {
    private static final PseudoClass FINISHED = PseudoClass.getPseudoClass("finished");

    @FXML private HBox bar;
    @FXML private MenuButton state;
    @FXML private FontIcon stateIcon;
    @FXML private Label progress;
    @FXML private ToggleButton mode;

    @InjectViewModel private ReviewViewModel viewModel;

    public void initialize() {
        state.getItems().setAll(Arrays.stream(ImageState.values()).map(this::item).toList());
        viewModel.stateProperty().addListener((_, _, now) -> show(now));
        progress.textProperty().bind(viewModel.progressProperty());
        viewModel.activeProperty().addListener((_, _, on) -> mode.setSelected(on));
        mode.setSelected(viewModel.activeProperty().get());
        mode.setOnAction(_ -> toggleMode());
        show(viewModel.stateProperty().get());
        RovingFocus.in(bar);
    }

    private void toggleMode() {
        viewModel.toggle();
        mode.setSelected(viewModel.activeProperty().get());
    }

    private MenuItem item(ImageState one) {
        var item = new MenuItem(title(one), new FontIcon(icon(one)));
        item.setOnAction(_ -> viewModel.setState(one));
        return item;
    }

    private static String title(ImageState one) {
        return Texts.get("review.state." + one.name());
    }

    private static String icon(ImageState one) {
        return switch (one) {
            case NEW -> "mdmz-radio_button_unchecked";
            case PREDICTED -> "mdmz-science";
            case IN_PROGRESS -> "mdal-edit";
            case DONE -> "mdal-check_circle";
            case EMPTY -> "mdal-check_box_outline_blank";
            case REJECTED -> "mdal-block";
        };
    }

    private void show(Optional<ImageState> now) {
        bar.setDisable(now.isEmpty());
        state.setText(now.map(ReviewBarView::title).orElse(Texts.get("review.noImage")));
        stateIcon.setIconLiteral(icon(now.orElse(ImageState.NEW)));
        state.pseudoClassStateChanged(FINISHED, now.filter(ReviewEdits::isFinished).isPresent());
    }

    @FXML
    private void done() {
        viewModel.doneAndNext();
    }

    @FXML
    private void nothing() {
        viewModel.emptyAndNext();
    }

    @FXML
    private void reject() {
        viewModel.rejectImage();
    }

    @FXML
    private void next() {
        viewModel.nextInReview();
    }
}
