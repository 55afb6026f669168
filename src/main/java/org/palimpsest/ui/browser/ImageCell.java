package org.palimpsest.ui.browser;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.project.ImagePage;
import org.palimpsest.ui.support.DisplayImage;
import org.palimpsest.ui.support.FxImages;
import org.palimpsest.ui.support.TaskRunner;

/// One image of the list: thumbnail, name, and what is said about it.
final class ImageCell extends ListCell<ImagePage.Line> {
    static final double HEIGHT = 64;
    private static final double THUMBNAIL = 52;

    private final BrowserViewModel viewModel;
    private final ImageView thumbnail = new ImageView();
    private final Label name = new Label();
    private final Label details = new Label();
    private final HBox row;
    private TaskRunner.@Nullable Job request;
    private @Nullable ImageEntry shown;

    ImageCell(BrowserViewModel viewModel) {
        this.viewModel = viewModel;
        thumbnail.setFitWidth(THUMBNAIL);
        thumbnail.setFitHeight(THUMBNAIL);
        thumbnail.setPreserveRatio(true);
        thumbnail.setSmooth(true);
        var frame = new StackPane(thumbnail);
        frame.getStyleClass().add("thumbnail");
        frame.setMinSize(THUMBNAIL, THUMBNAIL);
        frame.setMaxSize(THUMBNAIL, THUMBNAIL);
        name.getStyleClass().add("image-name");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        details.getStyleClass().add("image-details");
        var words = new VBox(2, name, details);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        row = new HBox(10, frame, words);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setMinWidth(0);
        row.setPrefWidth(1);
        getStyleClass().add("image-cell");
    }

    @Override
    protected void updateItem(ImagePage.Line line, boolean empty) {
        super.updateItem(line, empty);
        if (empty || line == null) {
            cancelRequest();
            shown = null;
            setGraphic(null);
            setTooltip(null);
            return;
        }
        var item = line.image();
        var summary = viewModel.summary(line);
        details.setText(
                summary.isEmpty() ? item.size().width() + " × " + item.size().height() : summary);
        if (item != shown) {
            shown = item;
            name.setText(String.valueOf(item.file().getFileName()));
            setTooltip(new Tooltip(item.file().toString()));
            showThumbnail(item);
        }
        setGraphic(row);
    }

    private void showThumbnail(ImageEntry item) {
        cancelRequest();
        Optional<DisplayImage> ready = viewModel.thumbnail(item);
        thumbnail.setImage(ready.map(FxImages::of).orElse(null));
        if (ready.isEmpty()) {
            request =
                    viewModel.requestThumbnail(item, made -> thumbnail.setImage(FxImages.of(made)));
        }
    }

    private void cancelRequest() {
        if (request != null) {
            request.cancel();
            request = null;
        }
    }
}
