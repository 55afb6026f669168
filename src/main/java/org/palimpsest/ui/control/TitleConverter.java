package org.palimpsest.ui.control;

import java.util.function.Function;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Shows the values of a choice by their titles, where nobody can type one.
public final class TitleConverter<T> extends StringConverter<T> {
    private final Function<T, String> title;

    public TitleConverter(Function<T, String> title) {
        this.title = title;
    }

    @Override
    public String toString(@Nullable T value) {
        return value == null ? "" : title.apply(value);
    }

    /// @throws UnsupportedOperationException always, for such a choice is not editable
    @Override
    public T fromString(String typed) {
        throw new UnsupportedOperationException("Nobody types " + typed);
    }
}
