package org.palimpsest.ui.inspector;

import java.util.Locale;
import java.util.OptionalDouble;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;

/// One annotation of the list: its colour, its label or text, its score and where it came from.
final class AnnotationCell extends ListCell<Annotation> {
    static final double HEIGHT = 32;
    private static final double SWATCH = 12;

    private final InspectorViewModel viewModel;
    private final Rectangle swatch = new Rectangle(SWATCH, SWATCH);
    private final FontIcon textIcon = new FontIcon("mdmz-notes");
    private final Label name = new Label();
    private final Label score = new Label();
    private final FontIcon originIcon = new FontIcon("mdmz-science");
    private final HBox row;

    AnnotationCell(InspectorViewModel viewModel) {
        this.viewModel = viewModel;
        swatch.setArcWidth(4);
        swatch.setArcHeight(4);
        var mark = new StackPane(swatch, textIcon);
        mark.setMinWidth(16);
        name.getStyleClass().add("annotation-name");
        score.getStyleClass().add("annotation-score");
        score.setMinWidth(Region.USE_PREF_SIZE);
        originIcon.getStyleClass().add("annotation-origin");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        row = new HBox(8, mark, name, space, score, originIcon);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setPrefWidth(1);
        getStyleClass().add("annotation-cell");
    }

    @Override
    protected void updateItem(Annotation item, boolean empty) {
        super.updateItem(item, empty);
        if (empty || item == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        swatch.setVisible(item instanceof ObjectAnnotation);
        textIcon.setVisible(item instanceof TextAnnotation);
        switch (item) {
            case ObjectAnnotation object -> {
                name.setText(object.label());
                int rgb = viewModel.color(object.label());
                swatch.setFill(Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF));
            }
            case TextAnnotation text -> name.setText(text.text().replace('\n', ' '));
        }
        OptionalDouble sure = item.provenance().score();
        score.setText(
                sure.isPresent() ? String.format(Locale.ROOT, "%.2f", sure.getAsDouble()) : "");
        originIcon.setIconLiteral(
                switch (item.provenance()) {
                    case Provenance.Predicted _ -> "mdmz-science";
                    case Provenance.Drawn _ -> "mdal-edit";
                    case Provenance.Imported _ -> "mdal-input";
                    case Provenance.Corrected _ -> "mdal-done";
                });
        setTooltip(new Tooltip(Descriptions.origin(item.provenance())));
        setGraphic(row);
    }
}
