package org.palimpsest.dataset.edit;

import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;

/// Puts annotations into an image's drawing order and takes them out again.
final class Placements {
    private Placements() {}

    /// @throws IllegalArgumentException if there is none or the places do not rise
    static List<PlacedAnnotation> check(List<PlacedAnnotation> placed) {
        if (placed.isEmpty()) {
            throw new IllegalArgumentException("An edit without annotations");
        }
        for (int i = 1; i < placed.size(); i++) {
            if (placed.get(i - 1).index() >= placed.get(i).index()) {
                throw new IllegalArgumentException("Places do not rise: " + placed);
            }
        }
        return List.copyOf(placed);
    }

    static AnnotatedImage insert(AnnotatedImage image, List<PlacedAnnotation> placed) {
        var added = new TreeMap<Integer, Annotation>();
        for (int i = 0; i < placed.size(); i++) {
            int place = placed.get(i).index();
            if (place > image.annotations().size() + i) {
                throw new IllegalStateException(
                        "No place %d in %s".formatted(place, image.image().file()));
            }
            added.put(place, placed.get(i).annotation());
        }
        try {
            return image.with(added);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("Already there: " + e.getMessage(), e);
        }
    }

    static AnnotatedImage remove(AnnotatedImage image, List<PlacedAnnotation> placed) {
        var places = new BitSet();
        for (var removed : placed) {
            int place = removed.index();
            if (place >= image.annotations().size()) {
                throw new IllegalStateException("Not there: " + removed);
            }
            var present = image.annotations().get(place);
            if (!removed.annotation().equals(present)) {
                throw new IllegalStateException(
                        "Place %d holds another annotation: %s".formatted(place, present));
            }
            places.set(place);
        }
        return image.without(places);
    }

    /// `circle`, `2 circle`, `caption en` or `3 annotations`.
    static String describe(List<PlacedAnnotation> placed) {
        var names = placed.stream().map(place -> name(place.annotation())).distinct().toList();
        if (names.size() > 1) {
            return placed.size() + " annotations";
        }
        return placed.size() == 1 ? names.getFirst() : placed.size() + " " + names.getFirst();
    }

    static String name(Annotation annotation) {
        return annotation instanceof ObjectAnnotation object ? object.label() : "text";
    }
}
