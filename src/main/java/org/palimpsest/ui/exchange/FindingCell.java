package org.palimpsest.ui.exchange;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.format.Finding.Severity;
import org.palimpsest.ui.support.Texts;

/// One row of what a check found: what a group has in common, or one finding with its place.
final class FindingCell extends ListCell<FindingRow> {
    private final FontIcon icon = new FontIcon();
    private final Label title = wrapping();
    private final HBox heading = row(icon, title);
    private final Label message = wrapping();
    private final Label place = new Label();
    private final FontIcon opens = new FontIcon("mdal-chevron_right");
    private final HBox finding;

    FindingCell() {
        place.setMinWidth(0);
        place.getStyleClass().add("detail-text");
        var words = new VBox(1, message, place);
        words.setMinWidth(0);
        words.getStyleClass().add("finding-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        finding = row(words, opens);
        getStyleClass().add("finding-cell");
    }

    private static Label wrapping() {
        var label = new Label();
        label.setWrapText(true);
        label.setMinWidth(0);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// As wide as the list, so that long words wrap.
    private static HBox row(Node... parts) {
        var row = new HBox(8, parts);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setPrefWidth(1);
        return row;
    }

    @Override
    protected void updateItem(FindingRow item, boolean empty) {
        super.updateItem(item, empty);
        getStyleClass().removeAll("finding-heading", "finding-error", "finding-warning");
        if (empty || item == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        boolean error = item.severity() == Severity.ERROR;
        getStyleClass().add(error ? "finding-error" : "finding-warning");
        var weight = Texts.get("exchange.severity." + item.severity());
        switch (item) {
            case FindingRow.Heading group -> {
                getStyleClass().add("finding-heading");
                icon.setIconLiteral(error ? "mdal-error" : "mdmz-warning");
                title.setText(
                        Texts.get(
                                "exchange.findings.heading", weight, group.title(), group.count()));
                setAccessibleText(title.getText());
                setGraphic(heading);
            }
            case FindingRow.Line line -> {
                message.setText(line.message());
                place.setText(line.place());
                opens.setVisible(line.image().isPresent());
                setAccessibleText(weight + ": " + line.message() + ", " + line.place());
                setGraphic(finding);
            }
        }
    }
}
