package org.palimpsest.ui.control;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.problem.Problem;

/// What pages that tell of states and facts are made of: texts that wrap, cards with a heading, tables of facts, and notices
/// that say how good something is by a colour, an icon and words. Confined to the JavaFX thread.
public final class Cards {

    /// A line of a table of facts.
    public record Fact(String name, String value) {}

    /// How good something is.
    public enum Tone {
        GOOD("mdal-check_circle"),
        PLAIN("mdal-info"),
        CAREFUL("mdmz-warning"),
        BAD("mdal-error");

        private final String icon;

        Tone(String icon) {
            this.icon = icon;
        }

        private String style() {
            return "state-" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private Cards() {}

    /// A text that takes as many lines as it needs.
    public static Label text(String words, String... styles) {
        var label = new Label(words);
        label.setWrapText(true);
        label.setMinWidth(0);
        label.setMinHeight(Label.USE_PREF_SIZE);
        label.getStyleClass().addAll(styles);
        return label;
    }

    /// A state in one or two words.
    public static Label badge(Tone tone, String words) {
        var label = new Label(words, new FontIcon(tone.icon));
        label.setMinWidth(Label.USE_PREF_SIZE);
        label.getStyleClass().addAll("state-badge", tone.style());
        return label;
    }

    /// A box with a heading.
    public static VBox card(String heading, Node... nodes) {
        var card = new VBox(text(heading, "card-heading"));
        card.getChildren().addAll(nodes);
        card.getStyleClass().add("fact-card");
        return card;
    }

    /// A coloured box with the icon of its tone.
    public static HBox notice(Tone tone, Node... nodes) {
        var words = new VBox(nodes);
        words.getStyleClass().add("state-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        var box = new HBox(new FontIcon(tone.icon), words);
        box.setAlignment(Pos.TOP_LEFT);
        box.getStyleClass().addAll("state-notice", tone.style());
        return box;
    }

    /// A problem with its remedy.
    public static HBox problem(Problem problem) {
        var words = new VBox(text(problem.summary(), "notice-title"));
        words.getStyleClass().add("state-words");
        if (!problem.detail().isEmpty()) {
            words.getChildren().add(text(problem.detail()));
        }
        if (!problem.remedy().isEmpty()) {
            words.getChildren().add(text(problem.remedy()));
        }
        return notice(Tone.BAD, words);
    }

    /// Names on the left, values on the right.
    public static GridPane facts(List<Fact> facts) {
        var grid = new GridPane();
        grid.getStyleClass().add("facts");
        var names = new ColumnConstraints();
        names.setMinWidth(120);
        names.setPrefWidth(190);
        var values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        values.setMinWidth(0);
        grid.getColumnConstraints().setAll(names, values);
        for (int row = 0; row < facts.size(); row++) {
            grid.add(text(facts.get(row).name(), "fact-name"), 0, row);
            grid.add(text(facts.get(row).value(), "fact-value"), 1, row);
        }
        return grid;
    }

    /// A line that can be selected and copied, but not changed.
    ///
    /// @param name what it is, for a screen reader
    public static TextField copyable(String line, String name) {
        var field = new TextField(line);
        field.setEditable(false);
        field.setAccessibleText(name);
        field.getStyleClass().add("copyable");
        HBox.setHgrow(field, Priority.ALWAYS);
        return field;
    }
}
