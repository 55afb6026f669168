package org.palimpsest.ui.inspector;

import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.edit.Reviews;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.ui.support.Texts;

/// One object of the list: its colour, its label, what kind of region it is, its score, where it came from, and what a
/// person said about it.
final class ObjectCell extends ListCell<ObjectAnnotation> {
    static final double HEIGHT = 30;
    private static final double SWATCH = 12;
    private static final PseudoClass REJECTED = PseudoClass.getPseudoClass("rejected");
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");

    private final InspectorViewModel viewModel;
    private final Rectangle swatch = new Rectangle(SWATCH, SWATCH);
    private final Label name = new Label();
    private final FontIcon kind = new FontIcon("mdal-crop_square");
    private final Label score = new Label();
    private final FontIcon origin = new FontIcon("mdmz-science");
    private final FontIcon review = new FontIcon("mdal-check");
    private final FontIcon lockIcon = new FontIcon("mdal-lock_open");
    private final FontIcon hideIcon = new FontIcon("mdmz-visibility");
    private final Button lock = new Button(null, lockIcon);
    private final Button hide = new Button(null, hideIcon);
    private final InvalidationListener toggled = _ -> showToggles();
    private final HBox row;

    ObjectCell(InspectorViewModel viewModel) {
        this.viewModel = viewModel;
        swatch.setArcWidth(4);
        swatch.setArcHeight(4);
        name.getStyleClass().add("annotation-name");
        name.setMinWidth(0);
        score.getStyleClass().add("annotation-score");
        score.setMinWidth(Region.USE_PREF_SIZE);
        review.getStyleClass().add("annotation-review");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        row = new HBox(6, swatch, name, space, score, kind, origin, review, lock, hide);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setPrefWidth(1);
        getStyleClass().add("annotation-cell");
        for (var toggle : List.of(lock, hide)) {
            toggle.getStyleClass().add("row-toggle");
            toggle.setFocusTraversable(false); // A key does the same for what is selected.
        }
        lock.setTooltip(new Tooltip(Texts.get("inspector.lock.tip")));
        lock.setAccessibleText(Texts.get("command.LOCK"));
        lock.setOnAction(_ -> viewModel.toggleLocked(getItem().id()));
        hide.setTooltip(new Tooltip(Texts.get("inspector.hide.tip")));
        hide.setAccessibleText(Texts.get("command.HIDE"));
        hide.setOnAction(_ -> viewModel.toggleHidden(getItem().id()));
        // Cells are many and live as long as the list; the view model lives longer.
        viewModel.lockedProperty().addListener(new WeakInvalidationListener(toggled));
        viewModel.hiddenProperty().addListener(new WeakInvalidationListener(toggled));
    }

    private void showToggles() {
        if (getItem() != null) {
            boolean locked = viewModel.lockedProperty().get().contains(getItem().id());
            boolean hidden = viewModel.hiddenProperty().get().contains(getItem().id());
            lockIcon.setIconLiteral(locked ? "mdal-lock" : "mdal-lock_open");
            hideIcon.setIconLiteral(hidden ? "mdmz-visibility_off" : "mdmz-visibility");
            lock.pseudoClassStateChanged(ON, locked);
            hide.pseudoClassStateChanged(ON, hidden);
        }
    }

    @Override
    protected void updateItem(ObjectAnnotation item, boolean empty) {
        super.updateItem(item, empty);
        pseudoClassStateChanged(REJECTED, !empty && item.review() == ReviewState.REJECTED);
        pseudoClassStateChanged(WAITING, !empty && Reviews.isWaiting(item));
        if (empty || item == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        name.setText(item.label());
        int rgb = viewModel.color(item.label());
        swatch.setFill(Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF));
        kind.setIconLiteral(
                switch (item.region()) {
                    case Box _ -> "mdal-crop_square";
                    case Polygon _, MultiPolygon _ -> "mdmz-timeline";
                    case Mask _ -> "mdal-brush";
                });
        var sure = item.provenance().score();
        score.setText(sure.isPresent() ? Descriptions.percent(sure.getAsDouble()) : "");
        origin.setIconLiteral(originIcon(item.provenance()));
        review.setIconLiteral(reviewIcon(item));
        setAccessibleText(
                Texts.get(
                        "inspector.row.accessible",
                        item.label(),
                        Descriptions.size(item.region()),
                        reviewWords(item)));
        showToggles();
        setGraphic(row);
    }

    static String originIcon(Provenance provenance) {
        return switch (provenance) {
            case Provenance.Predicted _ -> "mdmz-science";
            case Provenance.Drawn _ -> "mdal-edit";
            case Provenance.Imported _ -> "mdal-input";
            case Provenance.Corrected _ -> "mdal-build";
        };
    }

    static String reviewIcon(Annotation annotation) {
        return switch (annotation.review()) {
            case ACCEPTED -> "mdal-check";
            case REJECTED -> "mdal-close";
            case UNREVIEWED ->
                    annotation.provenance().isHuman() ? "mdal-check" : "mdal-help_outline";
        };
    }

    /// What a person said about it.
    static String reviewWords(Annotation annotation) {
        return Texts.get(
                annotation.review() == ReviewState.UNREVIEWED && annotation.provenance().isHuman()
                        ? "inspector.review.HUMAN"
                        : "inspector.review." + annotation.review().name());
    }
}
