package org.palimpsest.ui.browser;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.VBox;
import org.palimpsest.project.ImagePage;

/// The list of images. Confined to the JavaFX thread.
public final class BrowserView implements FxmlView<BrowserViewModel> {
    @FXML private Label count;
    @FXML private ListView<ImagePage.Line> list;
    @FXML private VBox empty;

    @InjectViewModel private BrowserViewModel viewModel;

    public void initialize() {
        list.setItems(viewModel.images());
        list.setCellFactory(_ -> new ImageCell(viewModel));
        list.setFixedCellSize(ImageCell.HEIGHT);
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, chosen) -> {
                    if (chosen != null) {
                        viewModel.show(chosen.image());
                    }
                });
        viewModel.currentProperty().addListener(_ -> select());
        viewModel.images().addListener((ListChangeListener<ImagePage.Line>) _ -> showCount());
        showCount();
        select();
    }

    private void select() {
        int shown = viewModel.currentIndex();
        if (shown < 0) {
            list.getSelectionModel().clearSelection();
        } else if (list.getSelectionModel().getSelectedIndex() != shown) {
            list.getSelectionModel().select(shown);
            scrollIntoSight(list.getSelectionModel().getSelectedIndex());
        }
    }

    private void scrollIntoSight(int index) {
        int rows = (int) (list.getHeight() / ImageCell.HEIGHT);
        list.scrollTo(Math.max(0, index - rows / 2));
    }

    private void showCount() {
        int images = viewModel.images().size();
        count.setText(images == 0 ? "" : String.format(Locale.ROOT, "%,d", images));
        empty.setVisible(images == 0);
        list.setVisible(images > 0);
    }
}
