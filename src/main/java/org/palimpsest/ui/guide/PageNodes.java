package org.palimpsest.ui.guide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.value.ObservableDoubleValue;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.palimpsest.ui.support.Texts;

/// Makes the nodes of one page: a column of headings, paragraphs, lists, tables, code and pictures.
///
/// Confined to the JavaFX thread.
final class PageNodes {
    /// The shares of a table's columns are those of their longest texts, up to this bound, but no word is broken: letters
    /// may be wider than usual, and a cell has margins.
    private static final int MOST_SHARE = 48;

    private static final double WIDE_LETTERS = 1.35;
    private static final int MARGINS = 3;
    private static final int DEEPEST_HEADING = 3;

    private final GuideViewModel viewModel;
    private final InlineNodes inlines;
    private final ObservableDoubleValue width;
    private final Map<String, Node> places = new HashMap<>();
    private Map<Heading, String> anchors = Map.of();

    /// @param width the room that a picture has
    PageNodes(GuideViewModel viewModel, ObservableDoubleValue width) {
        this.viewModel = viewModel;
        this.width = width;
        inlines = new InlineNodes(viewModel::follow);
    }

    /// The nodes of a page, one below the other.
    List<Node> make(GuidePage page) {
        places.clear();
        anchors = Markdown.anchors(page.document());
        return blocks(page.document());
    }

    /// The heading that a link means, of the page that was made last.
    Optional<Node> place(String anchor) {
        return Optional.ofNullable(places.get(anchor));
    }

    private List<Node> blocks(org.commonmark.node.Node parent) {
        var nodes = new ArrayList<Node>();
        for (var child : Markdown.children(parent)) {
            block(child).ifPresent(nodes::add);
        }
        return nodes;
    }

    private Optional<Node> block(org.commonmark.node.Node block) {
        return switch (block) {
            case Heading heading -> Optional.of(heading(heading));
            case Paragraph paragraph -> Optional.of(paragraph(paragraph));
            case BulletList list -> Optional.of(list(list, 0));
            case OrderedList list -> Optional.of(list(list, first(list)));
            case BlockQuote quote -> Optional.of(column("guide-quote", blocks(quote)));
            case FencedCodeBlock code -> Optional.of(code(code.getLiteral().stripTrailing()));
            case TableBlock table -> Optional.of(table(table));
            case ThematicBreak _ -> Optional.of(new Separator());
            case HtmlBlock _ -> Optional.empty();
            default -> throw new IllegalStateException("The guide shows no " + block.getClass());
        };
    }

    private Node heading(Heading heading) {
        var label = new Label(Markdown.text(heading));
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass()
                .addAll("guide-heading", "guide-h" + Math.min(DEEPEST_HEADING, heading.getLevel()));
        label.setAccessibleText(Texts.get("guide.heading", label.getText()));
        places.put(anchors.getOrDefault(heading, ""), label);
        return label;
    }

    private Node paragraph(Paragraph paragraph) {
        var children = Markdown.children(paragraph);
        return children.size() == 1
                        && children.getFirst() instanceof org.commonmark.node.Image image
                ? picture(image)
                : inlines.flow(paragraph);
    }

    /// As large as it was on the screen, or as the room allows.
    private Node picture(org.commonmark.node.Image source) {
        var name = source.getDestination();
        var address = viewModel.picture(name);
        if (address.isEmpty()) {
            var missing = new Label(Markdown.text(source));
            missing.setWrapText(true);
            return missing;
        }
        var image = new Image(address.get().toExternalForm());
        double density = name.contains("@2x") ? 2 : 1;
        double natural = image.getWidth() / density;
        var view = new ImageView(image);
        view.setPreserveRatio(true);
        view.setSmooth(true);
        view.setAccessibleText(Markdown.text(source));
        view.fitWidthProperty()
                .bind(
                        javafx.beans.binding.Bindings.createDoubleBinding(
                                () -> Math.clamp(width.get(), 1, natural), width));
        var frame = new StackPane(view);
        frame.getStyleClass().add("guide-picture");
        frame.setMaxWidth(Region.USE_PREF_SIZE);
        return frame;
    }

    private static int first(OrderedList list) {
        var number = list.getMarkerStartNumber();
        return number == null ? 1 : number;
    }

    /// @param number of the first item; 0 for bullets
    private Node list(org.commonmark.node.Node list, int number) {
        var items = new ArrayList<Node>();
        int at = number;
        for (var item : Markdown.children(list)) {
            if (item instanceof ListItem) {
                var marker = new Label(number == 0 ? "•" : at++ + ".");
                marker.getStyleClass().add("guide-marker");
                marker.setMinWidth(Region.USE_PREF_SIZE);
                var content = column("guide-item", blocks(item));
                HBox.setHgrow(content, Priority.ALWAYS);
                var row = new HBox(marker, content);
                row.getStyleClass().add("guide-row");
                items.add(row);
            }
        }
        return column("guide-list", items);
    }

    private static Node code(String text) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add("guide-code-text");
        var box = new StackPane(label);
        box.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        box.getStyleClass().add("guide-code-block");
        return box;
    }

    private Node table(TableBlock table) {
        var grid = new GridPane();
        grid.getStyleClass().add("guide-table");
        var shares = new ArrayList<Integer>();
        int row = 0;
        for (var part : Markdown.children(table)) {
            boolean head = part instanceof TableHead;
            for (var line : Markdown.children(part)) {
                if (line instanceof TableRow) {
                    addRow(grid, row++, head, Markdown.children(line), shares);
                }
            }
        }
        double all = shares.stream().mapToInt(Integer::intValue).sum();
        for (int share : shares) {
            var column = new ColumnConstraints();
            column.setPercentWidth(100 * share / all);
            grid.getColumnConstraints().add(column);
        }
        return grid;
    }

    private void addRow(
            GridPane grid,
            int row,
            boolean head,
            List<org.commonmark.node.Node> cells,
            List<Integer> shares) {
        for (int column = 0; column < cells.size(); column++) {
            var cell = cells.get(column);
            var flow = inlines.flow(cell);
            var box = new StackPane(flow);
            box.getStyleClass().addAll("guide-cell", head ? "guide-cell-head" : "guide-cell-body");
            GridPane.setValignment(box, VPos.TOP);
            grid.add(box, column, row);
            int share = share(cell);
            if (column == shares.size()) {
                shares.add(share);
            } else {
                shares.set(column, Math.max(share, shares.get(column)));
            }
        }
    }

    private static int share(org.commonmark.node.Node cell) {
        int longest =
                Markdown.children(cell).stream()
                        .flatMap(child ->
                                child instanceof Code
                                        ? Stream.of(Markdown.text(child))
                                        : Arrays.stream(Markdown.text(child).split(" ")))
                        .mapToInt(String::length)
                        .filter(length -> length <= InlineNodes.LONGEST_CAP)
                        .max()
                        .orElse(0);
        return Math.max(
                (int) (WIDE_LETTERS * longest) + MARGINS,
                Math.min(Markdown.text(cell).length(), MOST_SHARE));
    }

    private static VBox column(String style, List<Node> children) {
        var box = new VBox();
        box.getStyleClass().add(style);
        box.setMinWidth(0);
        box.getChildren().setAll(children);
        return box;
    }
}
