package org.palimpsest.dataset;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Names and values that annotations carry beyond what the program itself knows.
final class Attributes {
    static final SortedMap<String, String> NONE = Collections.emptySortedMap();

    private Attributes() {}

    /// @throws IllegalArgumentException if a name is blank
    static SortedMap<String, String> copyOf(SortedMap<String, String> attributes) {
        if (attributes.isEmpty()) {
            return NONE;
        }
        for (var name : attributes.keySet()) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("An attribute without a name: " + attributes);
            }
        }
        return Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }
}
