package org.palimpsest.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The labels of a data set in the person's order; names are unique.
public record LabelSet(List<Label> labels) {
    public static final LabelSet EMPTY = new LabelSet(List.of());

    /// Colours that people with any kind of colour vision can tell apart, and that differ in lightness: Okabe and
    /// Ito's set without black (jfly.uni-koeln.de/color), then Paul Tol's muted set (sronpersonalpages.nl/~pault).
    private static final int[] COLORS = {
        0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7, // Okabe and Ito
        0x332288, 0x88CCEE, 0x44AA99, 0x117733, 0x999933, 0xDDCC77, 0xCC6677, 0x882255, 0xAA4499,
    };

    /// @throws IllegalArgumentException if two labels have the same name
    public LabelSet {
        labels = List.copyOf(labels);
        var names = new HashSet<String>();
        for (var label : labels) {
            if (!names.add(label.name())) {
                throw new IllegalArgumentException("Two labels are named " + label.name());
            }
        }
    }

    /// Labels of these names, in this order, each with the next colour; names that come again are left out.
    public static LabelSet ofNames(Iterable<String> names) {
        var distinct = new LinkedHashSet<String>();
        names.forEach(distinct::add);
        var labels = new ArrayList<Label>(distinct.size());
        for (var name : distinct) {
            labels.add(new Label(name, color(labels.size())));
        }
        return new LabelSet(labels);
    }

    /// The colour a label gets by its place; after the last colour the first comes again.
    public static int color(int index) {
        return COLORS[Math.floorMod(index, COLORS.length)];
    }

    public Optional<Label> find(String name) {
        return labels.stream().filter(label -> label.name().equals(name)).findFirst();
    }

    public List<String> names() {
        return labels.stream().map(Label::name).toList();
    }

    /// This set with a label of that name at the end, or this set where it has one.
    public LabelSet with(String name) {
        if (find(name).isPresent()) {
            return this;
        }
        var added = new Label(name, unusedColor());
        return new LabelSet(Stream.concat(labels.stream(), Stream.of(added)).toList());
    }

    /// This set with a label changed, in the same place.
    ///
    /// @throws IllegalStateException if the set has no such label
    public LabelSet replace(Label before, Label after) {
        var changed = new ArrayList<>(labels);
        int place = changed.indexOf(before);
        if (place < 0) {
            throw new IllegalStateException("Not there: " + before);
        }
        changed.set(place, after);
        return new LabelSet(changed);
    }

    /// A colour that no label of this set has, while there is one.
    public int unusedColor() {
        for (int i = 0; i < COLORS.length; i++) {
            int candidate = COLORS[i];
            if (labels.stream().noneMatch(label -> label.rgb() == candidate)) {
                return candidate;
            }
        }
        return color(labels.size());
    }
}
