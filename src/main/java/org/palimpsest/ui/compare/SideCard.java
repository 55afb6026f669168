package org.palimpsest.ui.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.control.OutlinedPicture;
import org.palimpsest.ui.control.TitleConverter;
import org.palimpsest.ui.support.Texts;

/// One of the two answers: where it comes from, its boxes over a small copy of the picture, and its words. Boxes that the
/// other answer does not have are dashed.
///
/// Confined to the JavaFX thread.
final class SideCard extends VBox {
    private static final double GAP = 8;

    private final CompareViewModel viewModel;
    private final int side;
    private final ComboBox<Source> source = new ComboBox<>();
    private final OutlinedPicture shown = new OutlinedPicture();
    private final Label count = new Label();
    private final Label words = new Label();
    private final ProgressBar busy = new ProgressBar();
    private final Button take = new Button(Texts.get("compare.take"), new FontIcon("mdal-check"));

    SideCard(CompareViewModel viewModel, int side) {
        this.viewModel = viewModel;
        this.side = side;
        getStyleClass().add("compare-side");
        setSpacing(GAP);
        setMinWidth(0);
        shown.getStyleClass().add("compare-picture");
        shown.widthToFitProperty()
                .bind(
                        Bindings.createDoubleBinding(
                                () -> getWidth() - snappedLeftInset() - snappedRightInset(),
                                widthProperty()));
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        count.getStyleClass().add("field-hint");
        busy.getStyleClass().add("small");
        busy.setMaxWidth(Double.MAX_VALUE);
        take.setOnAction(_ -> viewModel.take(side));
        take.setTooltip(new Tooltip(Texts.get("compare.take.tip")));
        var foot = new FlowPane(2 * GAP, GAP, take, count);
        foot.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(chooser(), shown, busy, words, foot);
        viewModel.side(side).addListener(_ -> show());
        viewModel.pictureProperty().addListener(_ -> show());
        viewModel.comparisonProperty().addListener(_ -> show());
        show();
    }

    private Node chooser() {
        source.setItems(viewModel.sources());
        source.setMaxWidth(Double.MAX_VALUE);
        source.setMinWidth(0);
        source.setAccessibleText(Texts.get("compare.source"));
        source.setPromptText(Texts.get("compare.source"));
        source.setConverter(new TitleConverter<>(Source::title));
        source.valueProperty()
                .addListener((_, _, chosen) -> {
                    if (chosen != null
                            && !viewModel.side(side).get().source().equals(Optional.of(chosen))) {
                        viewModel.choose(side, chosen);
                    }
                });
        HBox.setHgrow(source, Priority.ALWAYS);
        var model = new MenuItem(Texts.get("compare.otherModel"));
        model.setOnAction(_ -> viewModel.chooseModel(side));
        var adapter = new MenuItem(Texts.get("compare.otherAdapter"));
        adapter.setOnAction(_ -> viewModel.chooseAdapter(side));
        var more = new MenuButton(null, new FontIcon("mdal-folder_open"), model, adapter);
        more.setAccessibleText(Texts.get("compare.other"));
        more.setTooltip(new Tooltip(Texts.get("compare.other")));
        return new HBox(GAP, source, more);
    }

    private void show() {
        var now = viewModel.side(side).get();
        source.setValue(now.source().orElse(null));
        busy.setVisible(!now.activity().isEmpty());
        take.setDisable(now.annotations().isEmpty());
        count.setText(
                now.activity().isEmpty()
                        ? now.annotations()
                                .map(all -> Texts.get("compare.count", all.size()))
                                .orElse("")
                        : now.activity());
        words.setText(now.note().isEmpty() ? String.join("\n", now.lines()) : now.note());
        shown.show(viewModel.pictureProperty().get());
        showBoxes(now);
    }

    private void showBoxes(Side now) {
        var size = viewModel.imageSize();
        if (size.isEmpty()) {
            shown.outline(1, List.of());
            return;
        }
        Set<Integer> agreed =
                viewModel
                        .comparisonProperty()
                        .get()
                        .map(both -> side == 0 ? both.agreed() : both.agreedOther())
                        .orElse(Set.of());
        boolean compared = viewModel.comparisonProperty().get().isPresent();
        var objects = now.objects();
        var outlines = new ArrayList<OutlinedPicture.Outline>();
        for (int i = 0; i < objects.size(); i++) {
            outlines.add(
                    new OutlinedPicture.Outline(
                            objects.get(i).region().bounds(),
                            viewModel.color(objects.get(i).label()),
                            compared && !agreed.contains(i)));
        }
        shown.outline(size.get().width(), outlines);
    }
}
