package org.palimpsest.ui.control;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;

/// Completes what is typed into a field: the rest of the first choice that begins so is put behind the text cursor and
/// selected, so that one types on over it, or takes it with Enter.
public final class InlineCompletion {
    private final Supplier<List<String>> choices;

    private InlineCompletion(Supplier<List<String>> choices) {
        this.choices = choices;
    }

    /// Completes the field from now on.
    ///
    /// @param choices in the order of preference, asked at every key
    public static void attach(TextField field, Supplier<List<String>> choices) {
        var completion = new InlineCompletion(choices);
        field.setTextFormatter(new TextFormatter<>(completion::complete));
    }

    private TextFormatter.Change complete(TextFormatter.Change change) {
        boolean typedAtEnd =
                change.isAdded()
                        && change.getText().length() == 1
                        && change.getControl() != null
                        && change.getControl().isFocused()
                        && change.getCaretPosition() == change.getControlNewText().length();
        if (!typedAtEnd) {
            return change;
        }
        var typed = change.getControlNewText();
        choice(typed)
                .ifPresent(whole -> {
                    change.setText(change.getText() + whole.substring(typed.length()));
                    change.setCaretPosition(whole.length());
                    change.setAnchor(typed.length());
                });
        return change;
    }

    private Optional<String> choice(String typed) {
        var lower = typed.toLowerCase(Locale.ROOT);
        return choices.get().stream()
                .filter(choice ->
                        choice.length() > typed.length()
                                && choice.toLowerCase(Locale.ROOT).startsWith(lower))
                .findFirst();
    }
}
