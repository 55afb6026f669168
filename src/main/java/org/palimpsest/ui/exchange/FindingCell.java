package org.palimpsest.ui.exchange;

import javafx.geometry.Pos;
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
    private final Label place = new Label();
    private final Label message = new Label();
    private final FontIcon opens = new FontIcon("mdal-chevron_right");
    private final HBox row;

    FindingCell() {
        message.setWrapText(true);
        message.setMinHeight(Region.USE_PREF_SIZE);
        place.setMinWidth(0);
        place.getStyleClass().add("detail-text");
        var words = new VBox(1, message, place);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        row = new HBox(8, icon, words, opens);
        row.setAlignment(Pos.CENTER_LEFT);
        // The cell is as wide as the list, so that long messages wrap.
        row.setPrefWidth(1);
        getStyleClass().add("finding-cell");
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
            case FindingRow.Heading heading -> {
                getStyleClass().add("finding-heading");
                icon.setIconLiteral(error ? "mdal-error" : "mdmz-warning");
                message.setText(
                        Texts.get(
                                "exchange.findings.heading",
                                weight,
                                heading.title(),
                                heading.count()));
                show("", false);
                setAccessibleText(message.getText());
            }
            case FindingRow.Line line -> {
                icon.setIconLiteral("mdal-fiber_manual_record");
                message.setText(line.message());
                show(line.place(), line.image().isPresent());
                setAccessibleText(weight + ": " + line.message() + ", " + line.place());
            }
        }
        setGraphic(row);
    }

    private void show(String where, boolean image) {
        place.setText(where);
        place.setVisible(!where.isEmpty());
        place.setManaged(!where.isEmpty());
        opens.setVisible(image);
        icon.setVisible(where.isEmpty());
    }
}
