package org.palimpsest.ui.training;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.Optional;
import java.util.OptionalDouble;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.palimpsest.ui.support.Numbers;
import org.palimpsest.ui.support.Texts;

/// A number that the person types, with what it may be. What is typed stays, also while it is none.
///
/// Confined to the interface's thread.
final class NumberField {
    private final String key;
    private final String usual;
    private final double least;
    private final double most;
    private final boolean whole;
    private final StringProperty text;
    private final BooleanBinding wrong;

    /// @param key of its texts
    /// @param usual what stands there at first; empty where the field may be empty
    /// @param whole whether it has no decimals
    NumberField(String key, String usual, double least, double most, boolean whole) {
        this.key = key;
        this.usual = local(usual);
        this.least = least;
        this.most = most;
        this.whole = whole;
        this.text = new SimpleStringProperty(this.usual);
        this.wrong = Bindings.createBooleanBinding(() -> !isRight(), text);
    }

    String key() {
        return key;
    }

    String title() {
        return Texts.get("training.field." + key);
    }

    String explanation() {
        return Texts.get("training.about." + key);
    }

    /// What stands in the empty field.
    String placeholder() {
        return usual.isEmpty() ? Texts.get("training.automatic") : usual;
    }

    StringProperty textProperty() {
        return text;
    }

    /// Whether what is typed cannot be used.
    BooleanBinding wrongProperty() {
        return wrong;
    }

    /// Why it cannot be used, in words.
    String wrongWords() {
        return Texts.get("training.wrong", title(), least, most);
    }

    private boolean isRight() {
        if (text.get().isBlank()) {
            return usual.isEmpty();
        }
        return number().filter(value -> value >= least && value <= most)
                .filter(value -> !whole || value == Math.rint(value))
                .isPresent();
    }

    private Optional<Double> number() {
        return Numbers.typed(text.get()).stream().boxed().findFirst();
    }

    /// What is typed, the same in every language.
    String plain() {
        return number().map(value -> BigDecimal.valueOf(value).stripTrailingZeros().toPlainString())
                .orElse(text.get().strip());
    }

    /// Takes over what [#plain] gave.
    void fill(String plain) {
        text.set(local(plain));
    }

    private static String local(String plain) {
        return plain.replace(
                '.', DecimalFormatSymbols.getInstance(Texts.locale()).getDecimalSeparator());
    }

    /// The number; empty where the field is.
    OptionalDouble value() {
        return number().map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    double required() {
        return number().orElseThrow(() -> new IllegalStateException(key + ": " + text.get()));
    }
}
