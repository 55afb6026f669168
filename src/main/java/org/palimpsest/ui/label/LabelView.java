package org.palimpsest.ui.label;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.palimpsest.ui.support.Texts;

/// The labels of the project as a list. Confined to the JavaFX thread.
public final class LabelView implements FxmlView<LabelViewModel> {
    @FXML private Label count;
    @FXML private TextField words;
    @FXML private ListView<LabelLine> labelList;
    @FXML private VBox noLabels;
    @FXML private Label noLabelsText;
    @FXML private LabelEditView labelEditController;

    @InjectViewModel private LabelViewModel viewModel;

    private boolean selecting;

    public void initialize() {
        words.textProperty().bindBidirectional(viewModel.wordsProperty());
        words.setOnAction(_ -> viewModel.chooseTyped());
        words.addEventFilter(KeyEvent.KEY_PRESSED, this::fromFieldToList);
        labelList.setItems(viewModel.lines());
        labelList.setFixedCellSize(LabelCell.HEIGHT);
        labelList.setCellFactory(_ -> new LabelCell(labelEditController.viewModel()));
        labelList
                .getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, line) -> {
                    if (!selecting && line != null) {
                        viewModel.mark(line.label().name());
                    }
                });
        labelList.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        labelList.setOnMouseClicked(event -> {
            if (event.getClickCount() == 1) {
                choose();
            }
        });
        viewModel.markedProperty().addListener((_, _, label) -> showMarked(label));
        viewModel
                .lines()
                .addListener((Observable _) -> {
                    showCount();
                    showMarked(viewModel.markedProperty().get());
                });
        viewModel.safeColorsProperty().addListener(_ -> labelList.refresh());
        showCount();
    }

    private void fromFieldToList(KeyEvent event) {
        if (event.getCode() == KeyCode.DOWN && !labelList.getItems().isEmpty()) {
            labelList.requestFocus();
            if (labelList.getSelectionModel().getSelectedIndex() < 0) {
                labelList.getSelectionModel().select(0);
            }
            event.consume();
        }
    }

    private void key(KeyEvent event) {
        var line = labelList.getSelectionModel().getSelectedItem();
        if (line == null) {
            return;
        }
        switch (event.getCode()) {
            case ENTER, SPACE -> choose();
            case UP, DOWN -> {
                if (!event.isAltDown()) {
                    return;
                }
                labelEditController
                        .viewModel()
                        .move(line.label().name(), event.getCode() == KeyCode.UP ? -1 : 1);
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void choose() {
        var line = labelList.getSelectionModel().getSelectedItem();
        if (line != null) {
            viewModel.choose(line.label().name());
        }
    }

    private void showMarked(Optional<org.palimpsest.dataset.Label> label) {
        selecting = true;
        try {
            int place = -1;
            for (int i = 0; i < labelList.getItems().size() && label.isPresent(); i++) {
                if (labelList.getItems().get(i).label().name().equals(label.get().name())) {
                    place = i;
                }
            }
            if (place >= 0) {
                labelList.getSelectionModel().clearAndSelect(place);
            } else {
                labelList.getSelectionModel().clearSelection();
            }
        } finally {
            selecting = false;
        }
    }

    private void showCount() {
        int size = viewModel.lines().size();
        boolean filtered = !words.getText().isBlank();
        count.setText(size == 0 ? "" : Texts.get("label.count", size));
        show(labelList, size > 0);
        show(noLabels, size == 0);
        noLabelsText.setText(
                filtered
                        ? Texts.get("label.none.typed", words.getText().strip())
                        : Texts.get("label.none"));
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
