package org.palimpsest.ui.inspector;

import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.text.Text;
import org.palimpsest.dataset.PhraseLink;
import org.palimpsest.ui.support.Texts;

/// Phrases as they are shown: those that name an object are underlined in the colour of its label, select it when the
/// pointer or the focus comes to them, and can be untied by their menu.
final class PhraseNodes {
    private PhraseNodes() {}

    static Node of(Phrase phrase, TextsViewModel viewModel) {
        if (phrase.link().isEmpty()) {
            var plain = new Text(phrase.words());
            plain.getStyleClass().add("phrase");
            return plain;
        }
        return linked(phrase.words(), phrase.link().get(), viewModel);
    }

    private static Node linked(String words, PhraseLink link, TextsViewModel viewModel) {
        var node = new Label(words);
        node.getStyleClass().add("linked-phrase");
        var label = viewModel.label(link);
        viewModel
                .color(link)
                .ifPresent(rgb ->
                        node.setStyle(
                                "-fx-border-color: transparent transparent #%06x;".formatted(rgb)));
        node.setCursor(Cursor.HAND);
        node.setFocusTraversable(true);
        node.setAccessibleRole(AccessibleRole.HYPERLINK);
        node.setAccessibleText(Texts.get("inspector.phrase.accessible", words, label));
        node.setTooltip(
                new Tooltip(
                        label.isEmpty()
                                ? Texts.get("inspector.phrase.gone")
                                : Texts.get("inspector.phrase.tip", label)));
        node.setOnMouseEntered(_ -> viewModel.show(link));
        node.setOnMouseClicked(_ -> viewModel.show(link));
        node.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (focused) {
                        viewModel.show(link);
                    }
                });
        var unlink = new MenuItem(Texts.get("inspector.unlink"));
        unlink.setOnAction(_ -> viewModel.unlink(link));
        node.setContextMenu(new ContextMenu(unlink));
        return node;
    }
}
