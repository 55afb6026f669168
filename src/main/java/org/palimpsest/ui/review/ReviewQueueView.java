package org.palimpsest.ui.review;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import javafx.beans.Observable;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.VBox;
import org.palimpsest.ui.support.Texts;

/// The images to look through, with the reasons. Confined to the JavaFX thread.
public final class ReviewQueueView implements FxmlView<ReviewViewModel> {
    @FXML private Label queueCount;
    @FXML private ListView<ReviewLine> queue;
    @FXML private VBox noQueue;
    @FXML private Label noQueueText;

    @InjectViewModel private ReviewViewModel viewModel;

    private boolean selecting;

    public void initialize() {
        queue.setItems(viewModel.queue());
        queue.setFixedCellSize(ReviewCell.HEIGHT);
        queue.setCellFactory(_ -> new ReviewCell());
        queue.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, line) -> {
                    if (!selecting && line != null) {
                        viewModel.show(line);
                    }
                });
        viewModel.currentImageProperty().addListener(_ -> showCurrent());
        viewModel.queue().addListener((Observable _) -> showAll());
        viewModel.rankingProperty().addListener(_ -> showAll());
        viewModel.activeProperty().addListener(_ -> showAll());
        showAll();
    }

    private void showAll() {
        int size = viewModel.queue().size();
        queue.setVisible(size > 0);
        noQueue.setVisible(size == 0);
        queueCount.setText(
                size == 0
                        ? ""
                        : Texts.get("review.left", size - viewModel.finishedProperty().get()));
        noQueueText.setText(
                Texts.get(
                        viewModel.rankingProperty().get()
                                ? "review.ranking"
                                : viewModel.activeProperty().get()
                                        ? "review.nothingLeft"
                                        : "review.off"));
        showCurrent();
    }

    private void showCurrent() {
        selecting = true;
        try {
            int place = viewModel.placeOfCurrent();
            if (place < 0) {
                queue.getSelectionModel().clearSelection();
            } else {
                queue.getSelectionModel().clearAndSelect(place);
                if (!queue.isFocused()) {
                    queue.scrollTo(Math.max(0, place - 1));
                }
            }
        } finally {
            selecting = false;
        }
    }
}
