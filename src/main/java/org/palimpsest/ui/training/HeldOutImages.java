package org.palimpsest.ui.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.palimpsest.batch.fit.HeldOutAnswers;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.ui.control.OutlinedPicture;
import org.palimpsest.ui.support.Texts;

/// Images that the model was never trained on: for each the truth, the answer before and the answer after, beside each
/// other. Some at a time.
///
/// Confined to the JavaFX thread.
final class HeldOutImages extends VBox {
    private static final int AT_A_TIME = 6;
    private static final int COLUMNS = 3;
    private static final double GAP = 8;
    private static final double WIDEST = 280;

    private final TrainingViewModel viewModel;
    private final List<HeldOutAnswers> images;
    private final VBox rows = new VBox(2 * GAP);
    private final Button more = new Button();
    private int shown;

    HeldOutImages(TrainingViewModel viewModel, List<HeldOutAnswers> images) {
        this.viewModel = viewModel;
        this.images = images;
        setSpacing(GAP);
        var title = LearntCard.text(Texts.get("training.images.title"), "panel-title");
        int better = (int) images.stream().filter(one -> one.saved() > 0).count();
        int worse = (int) images.stream().filter(one -> one.saved() < 0).count();
        var summary =
                LearntCard.text(
                        Texts.get("training.images.summary", images.size(), better, worse),
                        "field-hint");
        more.setOnAction(_ -> showMore());
        getChildren().addAll(title, summary, rows, more);
        showMore();
    }

    private void showMore() {
        int until = Math.min(images.size(), shown + AT_A_TIME);
        for (var image : images.subList(shown, until)) {
            rows.getChildren().add(row(image));
        }
        shown = until;
        int left = images.size() - shown;
        more.setText(Texts.get("training.images.more", left));
        TrainingView.show(more, left > 0);
    }

    private Node row(HeldOutAnswers image) {
        var entry = image.truth().image();
        var name = new Hyperlink(String.valueOf(entry.file().getFileName()));
        name.setAccessibleText(Texts.get("training.showImage.what", name.getText()));
        name.setOnAction(_ -> viewModel.open(entry.id()));
        var pictures = new ArrayList<OutlinedPicture>();
        var columns = new HBox(GAP);
        var sides =
                List.of(
                        new Side(Texts.get("training.truth"), image.truth().annotations()),
                        new Side(
                                Texts.get("training.before.edits", image.editsBefore()),
                                image.before()),
                        new Side(
                                Texts.get("training.after.edits", image.editsAfter()),
                                image.after()));
        for (var side : sides) {
            var picture = new OutlinedPicture();
            picture.widthToFitProperty()
                    .bind(
                            Bindings.createDoubleBinding(
                                    () ->
                                            Math.min(
                                                    WIDEST,
                                                    Math.floor(
                                                            (columns.getWidth()
                                                                            - (COLUMNS - 1) * GAP)
                                                                    / COLUMNS)),
                                    columns.widthProperty()));
            picture.outline(entry.size().width(), outlines(side.annotations()));
            pictures.add(picture);
            columns.getChildren().add(column(side, picture));
        }
        viewModel.picture(
                entry.file(),
                small -> pictures.forEach(picture -> picture.show(Optional.of(small))));
        var row = new VBox(GAP / 2, name, columns);
        row.getStyleClass().add("training-image");
        return row;
    }

    /// One of the three.
    private record Side(String title, List<Annotation> annotations) {}

    private static Node column(Side side, OutlinedPicture picture) {
        var words = words(side.annotations());
        picture.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        picture.setAccessibleText(side.title() + ": " + words);
        var title = LearntCard.text(side.title(), "training-side");
        Label said = LearntCard.text(words, "field-hint");
        var column = new VBox(GAP / 2, title, picture, said);
        column.setMinWidth(0);
        column.maxWidthProperty().bind(picture.widthToFitProperty());
        column.prefWidthProperty().bind(picture.widthToFitProperty());
        return column;
    }

    private List<OutlinedPicture.Outline> outlines(List<Annotation> annotations) {
        return annotations.stream()
                .filter(ObjectAnnotation.class::isInstance)
                .map(ObjectAnnotation.class::cast)
                .map(object ->
                        new OutlinedPicture.Outline(
                                object.region().bounds(), viewModel.color(object.label()), false))
                .toList();
    }

    /// How many of each label, and what texts say.
    private static String words(List<Annotation> annotations) {
        Map<String, Long> labels = new TreeMap<>();
        var texts = new ArrayList<String>();
        for (var annotation : annotations) {
            switch (annotation) {
                case ObjectAnnotation object -> labels.merge(object.label(), 1L, Long::sum);
                case TextAnnotation text -> texts.add(text.text());
            }
        }
        var counts =
                labels.entrySet().stream()
                        .map(one -> Texts.get("training.labels", one.getKey(), one.getValue()))
                        .collect(Collectors.joining(", "));
        if (!counts.isEmpty()) {
            texts.addFirst(counts);
        }
        return texts.isEmpty() ? Texts.get("training.nothing") : String.join("\n", texts);
    }
}
