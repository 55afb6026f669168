package org.palimpsest.ui.guide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/// Reads the pages' Markdown: CommonMark with tables, and the names that GitHub gives to headings.
///
/// Thread-safe.
final class Markdown {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private Markdown() {}

    static GuidePage page(Topic topic, String text) {
        var document = PARSER.parse(text);
        var sections = sections(document);
        if (sections.isEmpty()) {
            throw new IllegalStateException(topic.file() + " has no heading");
        }
        return new GuidePage(topic, sections.getFirst().heading(), document, sections);
    }

    static List<Node> children(Node node) {
        var children = new ArrayList<Node>();
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            children.add(child);
        }
        return children;
    }

    /// The words of a node and of all that is in it.
    static String text(Node node) {
        var text = new StringBuilder();
        collect(node, text);
        return text.toString().strip();
    }

    private static void collect(Node node, StringBuilder text) {
        switch (node) {
            case Text words -> text.append(words.getLiteral());
            case Code code -> text.append(code.getLiteral());
            case FencedCodeBlock code -> text.append(code.getLiteral());
            case SoftLineBreak _ -> text.append(' ');
            case HardLineBreak _ -> text.append(' ');
            case HtmlBlock _ -> {}
            default -> children(node).forEach(child -> collect(child, text));
        }
        if ((node instanceof Block || node instanceof TableCell)
                && !text.isEmpty()
                && text.charAt(text.length() - 1) != ' ') {
            text.append(' ');
        }
    }

    /// The anchors of the headings of a document, each once.
    static Map<Heading, String> anchors(Node document) {
        var anchors = new HashMap<Heading, String>();
        Set<String> used = new HashSet<>();
        for (var child : children(document)) {
            if (child instanceof Heading heading) {
                var name = anchor(text(heading));
                var free = name;
                for (int i = 1; !used.add(free); i++) {
                    free = name + "-" + i;
                }
                anchors.put(heading, free);
            }
        }
        return anchors;
    }

    /// As GitHub names headings: small letters, digits and hyphens, without other signs.
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static List<Section> sections(Node document) {
        var anchors = anchors(document);
        var sections = new ArrayList<Section>();
        var text = new StringBuilder();
        for (var child : children(document).reversed()) {
            if (child instanceof Heading heading) {
                sections.addFirst(
                        new Section(
                                text(heading),
                                anchors.getOrDefault(heading, ""),
                                text.toString().strip()));
                text.setLength(0);
            } else {
                text.insert(0, text(child) + " ");
            }
        }
        return sections;
    }
}
