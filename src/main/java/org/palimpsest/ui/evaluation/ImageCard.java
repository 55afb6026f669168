package org.palimpsest.ui.evaluation;

import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.palimpsest.batch.ImageResult;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.ui.support.FxImages;
import org.palimpsest.ui.support.Texts;

/// The images, the worst first, with what is wrong in each; Enter or a double click opens one on the canvas.
final class ImageCard extends StackPane {
    private static final double THUMBNAIL = 56;

    private final EvaluationViewModel viewModel;
    private final EvaluationDetails details;
    private final Label heading = new Label();
    private final Button all = new Button(Texts.get("evaluation.images.showAll"));
    private final VBox note = EvaluationView.note();
    private final VBox shown;

    ImageCard(EvaluationViewModel viewModel) {
        this.viewModel = viewModel;
        this.details = viewModel.history().details();
        heading.setWrapText(true);
        heading.setMinWidth(0);
        heading.setMaxWidth(Double.MAX_VALUE);
        heading.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(heading, Priority.ALWAYS);
        all.getStyleClass().add("small");
        all.setMinWidth(Region.USE_PREF_SIZE);
        all.setOnAction(_ -> details.showAllImages());
        var list = new ListView<>(details.images());
        list.getStyleClass().add("worst-images");
        list.setAccessibleText(Texts.get("evaluation.tab.images"));
        list.setCellFactory(_ -> new ImageCell());
        list.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    var chosen = list.getSelectionModel().getSelectedItem();
                    if (event.getCode() == KeyCode.ENTER && chosen != null) {
                        viewModel.open(chosen);
                        event.consume();
                    }
                });
        VBox.setVgrow(list, Priority.ALWAYS);
        shown = new VBox(8, new HBox(8, heading, all), list);
        shown.getStyleClass().add("evaluation-card");
        getChildren().addAll(shown, note);
        details.images()
                .addListener(
                        (ListChangeListener<ImageResult>)
                                _ -> {
                                    show();
                                    if (details.cellProperty().get().isPresent()) {
                                        list.getSelectionModel().selectFirst();
                                    }
                                });
        details.cellProperty().addListener(_ -> show());
        details.reportProperty().addListener(_ -> show());
        show();
    }

    private void show() {
        boolean there = details.reportProperty().get().isPresent();
        EvaluationView.setNote(note, Texts.get("evaluation.notKept"));
        EvaluationView.seeNote(note, shown, there);
        var cell = details.cellProperty().get();
        all.setVisible(cell.isPresent());
        all.setManaged(cell.isPresent());
        heading.setText(
                cell.flatMap(one -> details.confusionProperty().get().map(grid -> grid.words(one)))
                        .orElse(Texts.get("evaluation.images.hint")));
    }

    private final class ImageCell extends ListCell<ImageResult> {
        private final ImageView picture = new ImageView();
        private final StackPane frame = new StackPane(picture);
        private final Label name = new Label();
        private final Label faults = new Label();
        private final Label numbers = new Label();
        private final HBox line;
        private Optional<ThumbnailQueue.Request> asked = Optional.empty();
        private @Nullable ImageResult result;

        ImageCell() {
            picture.setFitWidth(THUMBNAIL);
            picture.setFitHeight(THUMBNAIL);
            picture.setPreserveRatio(true);
            frame.setMinSize(THUMBNAIL, THUMBNAIL);
            frame.setMaxSize(THUMBNAIL, THUMBNAIL);
            frame.getStyleClass().add("worst-frame");
            name.getStyleClass().add("panel-title");
            numbers.getStyleClass().add("field-hint");
            for (var label : new Label[] {faults, numbers}) {
                label.setWrapText(true);
                label.setMinHeight(Region.USE_PREF_SIZE);
            }
            var words = new VBox(1, name, faults, numbers);
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            line = new HBox(10, frame, words);
            line.setMinWidth(0);
            line.setPrefWidth(0);
            setOnMouseClicked(event -> {
                var now = result;
                if (event.getClickCount() == 2 && now != null) {
                    viewModel.open(now);
                }
            });
        }

        @Override
        protected void updateItem(@Nullable ImageResult item, boolean empty) {
            super.updateItem(item, empty);
            var now = empty ? null : item;
            if (now == result && now != null) {
                return;
            }
            result = now;
            asked.ifPresent(ThumbnailQueue.Request::cancel);
            asked = Optional.empty();
            picture.setImage(null);
            if (now == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            name.setText(String.valueOf(now.image().file().getFileName()));
            faults.setText(Faults.words(now));
            numbers.setText(Faults.details(now));
            setAccessibleText(
                    String.join(", ", name.getText(), faults.getText(), numbers.getText()));
            setGraphic(line);
            asked =
                    Optional.of(
                            viewModel.thumbnail(
                                    now.image().file(),
                                    made -> {
                                        if (result == now) {
                                            picture.setImage(FxImages.of(made));
                                        }
                                    }));
        }
    }
}
