package org.palimpsest.ui.control;

import java.util.ArrayList;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.support.Texts;

/// A field that holds labels as chips, with a place to type the next one.
///
/// Enter, `;` and a comma finish a label, pasted text may hold several, Backspace in the empty place takes the last one
/// back for editing. A label already there is not added again.
public final class LabelField extends FlowPane {
    private static final PseudoClass FOCUS_INSIDE = PseudoClass.getPseudoClass("focus-inside");

    private static final double WIDE_INPUT = 220;
    private static final double NARROW_INPUT = 64;
    private static final double INPUT_INSETS = 14;

    private final ObservableList<String> labels = FXCollections.observableArrayList();
    private final TextField input = new TextField();

    public LabelField() {
        getStyleClass().addAll("label-field", "text-input");
        setHgap(4);
        setVgap(4);
        setAccessibleRole(AccessibleRole.TEXT_FIELD);
        input.getStyleClass().add("label-input");
        input.accessibleTextProperty().bind(accessibleTextProperty());
        input.addEventFilter(KeyEvent.KEY_PRESSED, this::editKey);
        input.setTextFormatter(new TextFormatter<>(this::takeFinished));
        input.focusedProperty()
                .addListener((_, _, focused) -> {
                    pseudoClassStateChanged(FOCUS_INSIDE, focused);
                    if (!focused) {
                        finish();
                    }
                });
        input.textProperty()
                .addListener((_, _, typed) ->
                        input.setPrefWidth(
                                labels.isEmpty() || typed.length() > 5
                                        ? WIDE_INPUT
                                        : widthOfNext()));
        // The size of everything and the language's font come with the styles, after the words.
        input.fontProperty()
                .addListener(_ -> {
                    if (!labels.isEmpty() && input.getText().isEmpty()) {
                        input.setPrefWidth(widthOfNext());
                    }
                });
        setOnMouseClicked(_ -> input.requestFocus());
        labels.addListener((ListChangeListener<String>) _ -> rebuild());
        rebuild();
    }

    public ObservableList<String> labels() {
        return labels;
    }

    /// Puts the text cursor behind the last label.
    public void focusInput() {
        input.requestFocus();
    }

    /// Takes what stands in the place for the next label as a label.
    public void finish() {
        add(input.getText());
        input.clear();
    }

    private void editKey(KeyEvent event) {
        boolean command = event.isShortcutDown() || event.isAltDown();
        if (event.getCode() == KeyCode.ENTER) {
            // Ctrl+Enter goes on to run the prompt, with what was typed.
            finish();
            if (!command) {
                event.consume();
            }
        } else if (event.getCode() == KeyCode.BACK_SPACE
                && input.getText().isEmpty()
                && !labels.isEmpty()) {
            input.setText(labels.removeLast());
            input.end();
            event.consume();
        }
    }

    /// Takes the labels that a change finishes out of the text.
    private TextFormatter.Change takeFinished(TextFormatter.Change change) {
        var typed = change.getControlNewText();
        int end = Math.max(typed.lastIndexOf(';'), typed.lastIndexOf(','));
        if (end < 0) {
            return change;
        }
        List.of(typed.substring(0, end).split("[;,]")).forEach(this::add);
        var rest = typed.substring(end + 1).stripLeading();
        change.setRange(0, change.getControlText().length());
        change.setText(rest);
        change.selectRange(rest.length(), rest.length());
        return change;
    }

    private void add(String typed) {
        var label = typed.strip().replaceAll("\\s+", " ");
        if (!label.isEmpty() && !labels.contains(label)) {
            labels.add(label);
        }
    }

    private void rebuild() {
        var children = new ArrayList<Node>();
        for (var label : labels) {
            children.add(chip(label));
        }
        boolean hadFocus = input.isFocused();
        input.setPromptText(
                Texts.get(labels.isEmpty() ? "prompt.labels.example" : "prompt.labels.next"));
        input.setPrefWidth(labels.isEmpty() ? WIDE_INPUT : widthOfNext());
        children.add(input);
        getChildren().setAll(children);
        if (hadFocus) {
            input.requestFocus();
        }
    }

    private Node chip(String label) {
        var name = new Label(label);
        name.setMaxWidth(180);
        var remove = new Button(null, new FontIcon("mdal-close"));
        remove.getStyleClass().add("chip-remove");
        remove.setFocusTraversable(false);
        remove.setAccessibleText(Texts.get("prompt.labels.remove", label));
        remove.setOnAction(_ -> labels.remove(label));
        var chip = new HBox(name, remove);
        chip.getStyleClass().add("chip");
        chip.setAlignment(Pos.CENTER_LEFT);
        return chip;
    }

    /// The invitation to add another label is as long as the language makes it.
    private double widthOfNext() {
        var words = new Text(Texts.get("prompt.labels.next"));
        words.setFont(input.getFont());
        return Math.max(NARROW_INPUT, Math.ceil(words.getLayoutBounds().getWidth()) + INPUT_INSETS);
    }
}
