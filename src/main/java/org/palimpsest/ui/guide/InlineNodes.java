package org.palimpsest.ui.guide;

import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Link;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;

/// Makes the text of a paragraph: words, what is stressed, code and links.
///
/// Confined to the JavaFX thread.
final class InlineNodes {
    /// Longer code must be able to break at the end of a line.
    static final int LONGEST_CAP = 32;

    private final Consumer<String> follow;

    /// @param follow is given the address of a link that was pressed
    InlineNodes(Consumer<String> follow) {
        this.follow = follow;
    }

    /// A paragraph that breaks its lines by the room there is.
    TextFlow flow(org.commonmark.node.Node parent) {
        var flow = new TextFlow();
        flow.getStyleClass().add("guide-flow");
        flow.setMinWidth(0);
        flow.setAccessibleText(Markdown.text(parent));
        add(parent, List.of("guide-text"), flow);
        return flow;
    }

    private void add(org.commonmark.node.Node parent, List<String> styles, TextFlow flow) {
        for (var child : Markdown.children(parent)) {
            switch (child) {
                case org.commonmark.node.Text text ->
                        flow.getChildren().add(words(text.getLiteral(), styles));
                case SoftLineBreak _ -> flow.getChildren().add(words(" ", styles));
                case HardLineBreak _ -> flow.getChildren().add(words("\n", styles));
                case Code code -> flow.getChildren().add(code(code.getLiteral(), styles));
                case Emphasis one -> add(one, with(styles, "guide-emphasis"), flow);
                case StrongEmphasis one -> add(one, with(styles, "guide-strong"), flow);
                case Link link -> flow.getChildren().add(link(link));
                default ->
                        throw new IllegalStateException(
                                "A line of the guide shows no " + child.getClass());
            }
        }
    }

    private static List<String> with(List<String> styles, String style) {
        return java.util.stream.Stream.concat(styles.stream(), java.util.stream.Stream.of(style))
                .toList();
    }

    private static Text words(String words, List<String> styles) {
        var text = new Text(words);
        text.getStyleClass().addAll(styles);
        return text;
    }

    private static Node code(String literal, List<String> styles) {
        if (literal.length() > LONGEST_CAP) {
            return words(literal, with(styles, "guide-code"));
        }
        var cap = new Label(literal);
        cap.getStyleClass().add("guide-code-cap");
        cap.setMinWidth(Region.USE_PREF_SIZE);
        return cap;
    }

    private Node link(Link link) {
        var hyperlink = new Hyperlink(Markdown.text(link));
        hyperlink.getStyleClass().add("guide-link");
        var address = link.getDestination();
        if (address.startsWith("http")) {
            hyperlink.setTooltip(new Tooltip(address));
        }
        hyperlink.setOnAction(_ -> follow.accept(address));
        return hyperlink;
    }
}
