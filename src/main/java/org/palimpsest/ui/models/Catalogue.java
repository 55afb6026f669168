package org.palimpsest.ui.models;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.modelstore.OfficialCheckpoint;
import org.palimpsest.ui.control.Cards;
import org.palimpsest.ui.support.Amounts;
import org.palimpsest.ui.support.Texts;

/// Where the official checkpoints are and how they are brought here. Confined to the JavaFX thread.
final class Catalogue extends VBox {
    private static final String EXAMPLE =
            "hf download google/paligemma2-3b-mix-448 --local-dir paligemma2-3b-mix-448";

    Catalogue(ModelsViewModel viewModel) {
        getStyleClass().add("catalogue");
        getChildren()
                .addAll(
                        Cards.text(Texts.get("models.official.title"), "page-heading"),
                        Cards.text(Texts.get("models.official.offline")),
                        Cards.text(Texts.get("models.official.step1")),
                        Cards.text(Texts.get("models.official.step2")),
                        Cards.copyable(EXAMPLE, Texts.get("models.official.command")),
                        Cards.text(Texts.get("models.official.step3")));
        for (var kind : OfficialCheckpoint.Kind.values()) {
            var rows = new VBox();
            rows.getStyleClass().add("catalogue-rows");
            OfficialCheckpoint.ALL.stream()
                    .filter(one -> one.kind() == kind)
                    .forEach(one -> rows.getChildren().add(row(one, viewModel)));
            getChildren().add(Cards.card(Texts.get("models.official.kind." + kind.name()), rows));
        }
        getChildren().add(Cards.text(Texts.get("models.official.sizes"), "detail-text"));
    }

    private static Node row(OfficialCheckpoint one, ModelsViewModel viewModel) {
        var name = new Label(one.name());
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.getStyleClass().add("model-name");
        var size =
                Cards.text(
                        Texts.get(
                                "models.official.line",
                                one.imageSize(),
                                Amounts.count(one.parameters()),
                                Amounts.bytes(one.downloadBytes())),
                        "detail-text");
        var words = new VBox(name, size);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var open = new Button(Texts.get("models.link.open"), new FontIcon("mdmz-open_in_new"));
        open.setAccessibleText(one.name() + ": " + Texts.get("models.link.open"));
        open.setTooltip(new Tooltip(one.page().toString()));
        open.setMinWidth(USE_PREF_SIZE);
        open.setOnAction(_ -> viewModel.openPage(one.page()));
        var row = new HBox(8, words, open);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("catalogue-row");
        return row;
    }
}
