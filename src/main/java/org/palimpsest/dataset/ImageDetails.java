package org.palimpsest.dataset;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What people say of an image as a whole.
///
/// @param tags in alphabetical order, each a name as [Label#isName] has it
/// @param notes free text; may be empty
/// @param labelChecks for each label that was looked for as a whole, by name, what was found
public record ImageDetails(
        ImageState state,
        Split split,
        SortedSet<String> tags,
        String notes,
        SortedMap<String, LabelCheck> labelChecks) {

    /// An image that is new and of which nothing is said.
    public static final ImageDetails NEW =
            new ImageDetails(ImageState.NEW, Split.UNASSIGNED, Set.of(), "", Map.of());

    /// @throws IllegalArgumentException if a tag or label is no name
    public ImageDetails {
        tags.forEach(Label::requireName);
        labelChecks.keySet().forEach(Label::requireName);
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        labelChecks = Collections.unmodifiableSortedMap(new TreeMap<>(labelChecks));
    }

    public ImageDetails(
            ImageState state,
            Split split,
            Set<String> tags,
            String notes,
            Map<String, LabelCheck> labelChecks) {
        this(state, split, new TreeSet<>(tags), notes, new TreeMap<>(labelChecks));
    }

    public ImageDetails withState(ImageState changed) {
        return new ImageDetails(changed, split, tags, notes, labelChecks);
    }

    public ImageDetails withSplit(Split changed) {
        return new ImageDetails(state, changed, tags, notes, labelChecks);
    }

    public ImageDetails withTags(Set<String> changed) {
        return new ImageDetails(state, split, new TreeSet<>(changed), notes, labelChecks);
    }

    public ImageDetails withNotes(String changed) {
        return new ImageDetails(state, split, tags, changed, labelChecks);
    }

    public ImageDetails withLabelChecks(Map<String, LabelCheck> changed) {
        return new ImageDetails(state, split, tags, notes, new TreeMap<>(changed));
    }
}
