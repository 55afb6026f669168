package org.palimpsest.ui.models;

import java.net.URI;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.control.Cards;
import org.palimpsest.ui.support.ModelAdmission;
import org.palimpsest.ui.support.Texts;

/// The terms of a model in short, and the question whether the person agrees. Confined to the JavaFX thread.
final class TermsCard extends VBox {

    TermsCard(ModelAdmission.Question question, ModelsViewModel viewModel) {
        getStyleClass().add("terms-card");
        var terms = question.terms();
        var agree = new Button(Texts.get("models.terms.agree"), new FontIcon("mdal-check"));
        agree.setId("agree");
        agree.getStyleClass().add("accent");
        agree.setOnAction(_ -> viewModel.agree());
        var decline = new Button(Texts.get("models.terms.decline"));
        decline.setId("decline");
        decline.setOnAction(_ -> viewModel.decline());
        var answers = new FlowPane(8, 8, agree, decline);
        getChildren()
                .addAll(
                        Cards.text(
                                Texts.get(
                                        "models.terms.title",
                                        String.valueOf(question.folder().getFileName())),
                                "page-heading"),
                        Cards.text(Texts.get("models.terms.intro")),
                        part("models.terms.use"),
                        part("models.terms.limits"),
                        part("models.terms.prohibited"),
                        part("models.terms.passOn"),
                        Cards.text(Texts.get("models.terms.full")),
                        link("models.terms.terms", terms.terms(), viewModel),
                        link("models.terms.policy", terms.prohibitedUses(), viewModel),
                        Cards.text(Texts.get("models.terms.once"), "detail-text"),
                        answers);
    }

    private static Node part(String key) {
        return new VBox(
                2,
                Cards.text(Texts.get(key + ".title"), "card-heading"),
                Cards.text(Texts.get(key)));
    }

    private static Node link(String key, URI page, ModelsViewModel viewModel) {
        var name = Texts.get(key);
        var open = new Button(Texts.get("models.link.open"), new FontIcon("mdmz-open_in_new"));
        open.setAccessibleText(name + ": " + Texts.get("models.link.open"));
        open.setMinWidth(USE_PREF_SIZE);
        open.setOnAction(_ -> viewModel.openPage(page));
        var row = new HBox(8, Cards.copyable(page.toString(), name), open);
        row.setAlignment(Pos.CENTER_LEFT);
        return new VBox(2, Cards.text(name, "field-name"), row);
    }
}
