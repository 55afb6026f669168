package org.palimpsest.ui.training;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.palimpsest.batch.fit.FittingData;
import org.palimpsest.batch.fit.ProjectOutline;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Split;
import org.palimpsest.training.data.Example;
import org.palimpsest.ui.support.Texts;

/// What would be learnt: images by split, examples by kind, and what was noticed about them. Confined to the JavaFX thread.
final class LearntCard extends VBox {
    private static final int MOST_FINDINGS = 50;
    private static final double GAP = 8;
    private static final double BETWEEN = 24;

    /// Something that may be the name of a file.
    private static final Pattern FILE_NAME = Pattern.compile("[^\\s()/\\\\:,]+\\.[A-Za-z]{3,5}");

    private final TrainingViewModel viewModel;
    private final VBox body = new VBox(GAP);

    LearntCard(TrainingViewModel viewModel) {
        this.viewModel = viewModel;
        getStyleClass().add("training-card");
        setSpacing(GAP);
        var title = new Label(Texts.get("training.learnt"));
        title.getStyleClass().add("panel-title");
        getChildren().addAll(title, body);
        viewModel.lookup().outlookProperty().addListener(_ -> show());
        show();
    }

    private void show() {
        body.getChildren().clear();
        var outlook = viewModel.lookup().outlookProperty().get();
        if (outlook.isEmpty()) {
            body.getChildren().add(text(Texts.get("training.looking"), "field-hint"));
            return;
        }
        body.getChildren().add(splits(outlook.get().outline()));
        outlook.get().data().ifPresent(data -> show(outlook.get().outline(), data));
    }

    private void show(ProjectOutline outline, FittingData data) {
        body.getChildren()
                .addAll(
                        text(
                                Texts.get(
                                        "training.examples",
                                        data.training().size(),
                                        images(data.training()),
                                        data.validation().size(),
                                        images(data.validation())),
                                ""),
                        text(Texts.get("training.kinds"), "field-name"),
                        kinds(data));
        if (data.findings().isEmpty()) {
            body.getChildren().add(text(Texts.get("training.noFindings"), "field-hint"));
            return;
        }
        body.getChildren().add(text(Texts.get("training.findings"), "field-name"));
        data.findings().stream()
                .limit(MOST_FINDINGS)
                .map(finding -> finding(finding, outline))
                .forEach(body.getChildren()::add);
        int more = data.findings().size() - MOST_FINDINGS;
        if (more > 0) {
            body.getChildren().add(text(Texts.get("training.moreFindings", more), "field-hint"));
        }
    }

    private static long images(List<Example> examples) {
        return examples.stream().map(Example::image).distinct().count();
    }

    private static Node splits(ProjectOutline outline) {
        var table = table();
        int row = 0;
        add(
                table,
                row++,
                head(""),
                head(Texts.get("training.images")),
                head(Texts.get("training.known")));
        for (var split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST, Split.UNASSIGNED)) {
            int images = outline.images().getOrDefault(split, 0);
            if (images > 0 || split != Split.UNASSIGNED) {
                add(
                        table,
                        row++,
                        text(Texts.get("training.split." + split.name()), ""),
                        number(images),
                        number(outline.known().getOrDefault(split, 0)));
            }
        }
        return table;
    }

    private static Node kinds(FittingData data) {
        var table = table();
        int row = 0;
        for (var kind : data.kinds().entrySet()) {
            var name = new Label(kind.getKey());
            name.getStyleClass().add("training-code");
            add(table, row++, name, number(kind.getValue()));
        }
        return table;
    }

    private static GridPane table() {
        var table = new GridPane(BETWEEN, GAP / 2);
        table.setMaxWidth(Double.MAX_VALUE);
        return table;
    }

    private static void add(GridPane table, int row, Node... cells) {
        table.addRow(row, cells);
    }

    private static Label head(String words) {
        return text(words, "field-hint");
    }

    private static Label number(int value) {
        var label = new Label(Texts.get("training.count", value));
        label.getStyleClass().add("training-number");
        return label;
    }

    private Node finding(String words, ProjectOutline outline) {
        var label = text(words, "");
        HBox.setHgrow(label, Priority.ALWAYS);
        var image = image(words, outline);
        if (image.isEmpty()) {
            return label;
        }
        var link = new Hyperlink(Texts.get("training.showImage"));
        link.setMinWidth(Region.USE_PREF_SIZE);
        link.setAccessibleText(Texts.get("training.showImage.what", words));
        link.setOnAction(_ -> viewModel.open(image.get()));
        return new HBox(GAP, label, link);
    }

    /// The first image that the words name.
    private static Optional<ImageId> image(String words, ProjectOutline outline) {
        return FILE_NAME
                .matcher(words)
                .results()
                .flatMap(hit -> Optional.ofNullable(outline.byFileName().get(hit.group())).stream())
                .findFirst();
    }

    static Label text(String words, String style) {
        var label = new Label(words);
        label.setWrapText(true);
        label.setMinWidth(0);
        label.setMinHeight(Region.USE_PREF_SIZE);
        if (!style.isEmpty()) {
            label.getStyleClass().add(style);
        }
        return label;
    }
}
