package org.palimpsest.ui.browser;

import java.util.List;
import java.util.StringJoiner;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Split;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.project.ImagePage;
import org.palimpsest.ui.support.FxImages;
import org.palimpsest.ui.support.Texts;

/// One image of the grid or the list: thumbnail, badge of its state, name, and marks.
final class ImageTile extends StackPane {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass LEAD = PseudoClass.getPseudoClass("lead");
    private static final PseudoClass MISSING = PseudoClass.getPseudoClass("missing");

    private final BrowserViewModel viewModel;
    private final ImageView picture = new ImageView();
    private final FontIcon noPicture = new FontIcon("mdal-broken_image");
    private final FontIcon badge = StateIcons.of(ImageState.NEW);
    private final StackPane badgeFrame = new StackPane(badge);
    private final FontIcon missingIcon = new FontIcon("mdal-cloud_off");
    private final StackPane missingFrame = new StackPane(missingIcon);
    private final StackPane frame = new StackPane();
    private final Label name = new Label();
    private final Label details = new Label();
    private final Label split = new Label();
    private final Label tags = new Label();
    private final Tooltip tooltip = new Tooltip();
    private final boolean grid;

    private int index = -1;
    private ImagePage.@Nullable Line line;
    private ImageState badgeState = ImageState.NEW;
    private List<String> shownTags = List.of();
    private ThumbnailQueue.@Nullable Request request;

    /// @param grid whether the picture is above the name, and not beside it
    /// @param side of the thumbnail
    ImageTile(BrowserViewModel viewModel, boolean grid, double side) {
        this.viewModel = viewModel;
        this.grid = grid;
        getStyleClass().addAll("image-tile", grid ? "in-grid" : "in-list");
        setAccessibleRole(AccessibleRole.LIST_ITEM);
        fix(frame, side, side);
        frame.getStyleClass().add("thumbnail");
        picture.setPreserveRatio(true);
        picture.setSmooth(true);
        picture.setFitWidth(side);
        picture.setFitHeight(side);
        noPicture.getStyleClass().add("no-picture");
        noPicture.setVisible(false);
        badgeFrame.getStyleClass().add("badge");
        missingFrame.getStyleClass().addAll("badge", "missing-badge");
        missingFrame.setVisible(false);
        for (var one : List.of(badgeFrame, missingFrame)) {
            one.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        }
        StackPane.setAlignment(badgeFrame, Pos.TOP_LEFT);
        StackPane.setAlignment(missingFrame, Pos.TOP_RIGHT);
        frame.getChildren().addAll(picture, noPicture, badgeFrame, missingFrame);
        name.getStyleClass().add("image-name");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        details.getStyleClass().add("image-details");
        split.getStyleClass().addAll("mark", "split-mark");
        tags.getStyleClass().addAll("mark", "tag-mark");
        split.setMinWidth(Region.USE_PREF_SIZE);
        tags.setMinWidth(0);
        getChildren().add(grid ? inGrid(side) : inList());
        tooltip.setOnShowing(_ -> tooltip.setText(words()));
        Tooltip.install(this, tooltip);
        clear();
    }

    private Pane inGrid(double side) {
        var marks = new HBox(4, details, spring(), split);
        marks.setAlignment(Pos.CENTER_LEFT);
        details.setMinWidth(0);
        StackPane.setAlignment(tags, Pos.BOTTOM_LEFT);
        tags.setMaxWidth(side - 8);
        frame.getChildren().add(tags);
        var box = new VBox(3, frame, name, marks);
        name.setMaxWidth(side);
        marks.setMaxWidth(side);
        return box;
    }

    private Pane inList() {
        var marks = new HBox(6, details, split, tags);
        marks.setAlignment(Pos.CENTER_LEFT);
        details.setMinWidth(Region.USE_PREF_SIZE);
        var words = new VBox(2, name, marks);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var box = new HBox(10, frame, words);
        box.setAlignment(Pos.CENTER_LEFT);
        box.setMinWidth(0);
        return box;
    }

    private static Region spring() {
        var spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        return spring;
    }

    private static void fix(Region region, double width, double height) {
        region.setMinSize(width, height);
        region.setPrefSize(width, height);
        region.setMaxSize(width, height);
    }

    /// The place in the list of what it shows; negative for nothing.
    int index() {
        return index;
    }

    /// Shows the image at that place, or nothing where the list ends before.
    void show(int place) {
        var images = viewModel.images();
        if (place < 0 || place >= images.size()) {
            clear();
            return;
        }
        index = place;
        var now = images.get(place);
        var before = line;
        boolean other = before == null || !before.image().file().equals(now.image().file());
        var itsTags = viewModel.tags(now.image().id());
        if (before == null || !before.equals(now) || !itsTags.equals(shownTags)) {
            line = now;
            shownTags = itsTags;
            setVisible(true);
            showWords(now, itsTags);
        }
        var selection = viewModel.selection();
        boolean selected = selection.selected().contains(now.image().id());
        pseudoClassStateChanged(SELECTED, selected);
        pseudoClassStateChanged(CURRENT, place == viewModel.currentIndex());
        pseudoClassStateChanged(LEAD, place == selection.leadIndex());
        if (other || (request == null && viewModel.thumbnail(now.image()).isEmpty())) {
            showPicture(now, other);
        }
    }

    private void showWords(ImagePage.Line now, List<String> itsTags) {
        var file = String.valueOf(now.image().file().getFileName());
        name.setText(file);
        var summary = BrowserViewModel.summary(now);
        details.setText(
                grid
                        ? now.objects() + now.texts() == 0 ? "" : summary
                        : summary.isEmpty()
                                ? Texts.get(
                                        "browser.size",
                                        now.image().size().width(),
                                        now.image().size().height())
                                : summary);
        boolean assigned = now.split() != Split.UNASSIGNED;
        split.setText(assigned ? Texts.get("browser.split.short." + now.split()) : "");
        split.setVisible(assigned);
        split.setManaged(assigned);
        tags.setText(String.join(", ", itsTags));
        tags.setVisible(!itsTags.isEmpty());
        tags.setManaged(!itsTags.isEmpty());
        if (badgeState != now.state()) {
            badge.pseudoClassStateChanged(StateIcons.pseudoClass(badgeState), false);
            badgeState = now.state();
            badge.setIconLiteral(StateIcons.icon(now.state()));
            badge.pseudoClassStateChanged(StateIcons.pseudoClass(now.state()), true);
        }
    }

    /// Asked for when somebody looks or listens, which for most tiles nobody does.
    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.TEXT
                ? name.getText() + "\n" + words()
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    private String words() {
        var now = line;
        if (now == null) {
            return "";
        }
        var words = new StringJoiner("\n");
        words.add(now.image().file().toString());
        var shown = viewModel.thumbnail(now.image());
        if (shown.isPresent() && shown.get().missing()) {
            words.add(Texts.get("browser.missing"));
        } else if (shown.isPresent() && shown.get().problem().isPresent()) {
            words.add(shown.get().problem().get().oneLine());
        }
        words.add(Texts.get("browser.state." + now.state()));
        words.add(
                Texts.get("browser.size", now.image().size().width(), now.image().size().height()));
        var summary = BrowserViewModel.summary(now);
        if (!summary.isEmpty()) {
            words.add(summary);
        }
        if (!shownTags.isEmpty()) {
            words.add(Texts.get("browser.tags", String.join(", ", shownTags)));
        }
        return words.toString();
    }

    /// @param other whether another image was shown before; else what is seen stays until there is something new
    private void showPicture(ImagePage.Line now, boolean other) {
        cancel();
        var ready = viewModel.thumbnail(now.image());
        if (ready.isPresent()) {
            show(ready.get());
        } else {
            if (other) {
                picture.setImage(null);
                noPicture.setVisible(false);
                showMissing(false);
            }
            request = viewModel.requestThumbnail(now.image(), this::arrived);
        }
    }

    private void arrived(Thumbnails.Shown shown) {
        request = null;
        show(shown);
    }

    private void show(Thumbnails.Shown shown) {
        picture.setImage(shown.image().map(FxImages::of).orElse(null));
        noPicture.setVisible(shown.image().isEmpty());
        showMissing(shown.missing());
    }

    private void showMissing(boolean missing) {
        missingFrame.setVisible(missing);
        pseudoClassStateChanged(MISSING, missing);
    }

    /// Nobody sees it any more: what was asked for is not needed.
    void cancel() {
        if (request != null) {
            request.cancel();
            request = null;
        }
    }

    private void clear() {
        cancel();
        index = -1;
        line = null;
        picture.setImage(null);
        setVisible(false);
    }
}
