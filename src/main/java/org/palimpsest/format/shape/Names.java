package org.palimpsest.format.shape;

import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.Label;

/// Names from files made fit for labels and attributes.
public final class Names {
    private static final int LONGEST = 200;
    private static final int LONGEST_VALUE = 10_000;

    private Names() {}

    /// A label of that name, without space around it and control characters; empty where nothing is left or it is
    /// longer than any label.
    public static Optional<String> label(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String name =
                text.codePoints()
                        .map(point -> Character.isISOControl(point) ? ' ' : point)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                        .strip();
        return Label.isName(name) ? Optional.of(name) : Optional.empty();
    }

    /// Puts an attribute where its name is one; values are cut to a length that no sensible one has.
    public static void put(Map<String, String> attributes, String name, String value) {
        if (!name.isBlank() && name.length() <= LONGEST && attributes.size() < 100) {
            attributes.putIfAbsent(
                    name,
                    value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE));
        }
    }
}
