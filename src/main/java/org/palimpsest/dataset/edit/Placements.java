package org.palimpsest.dataset.edit;

import java.util.ArrayList;
import java.util.List;
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
        var old = image.annotations();
        var result = new ArrayList<Annotation>(old.size() + placed.size());
        int nextOld = 0;
        for (var added : placed) {
            if (image.find(added.annotation().id()).isPresent()) {
                throw new IllegalStateException("Already there: " + added.annotation().id());
            }
            while (result.size() < added.index() && nextOld < old.size()) {
                result.add(old.get(nextOld++));
            }
            if (result.size() != added.index()) {
                throw new IllegalStateException(
                        "No place %d in %s".formatted(added.index(), image.image().file()));
            }
            result.add(added.annotation());
        }
        result.addAll(old.subList(nextOld, old.size()));
        return image.withAnnotations(result);
    }

    static AnnotatedImage remove(AnnotatedImage image, List<PlacedAnnotation> placed) {
        var result = new ArrayList<Annotation>();
        int next = 0;
        for (int i = 0; i < image.annotations().size(); i++) {
            var present = image.annotations().get(i);
            if (next < placed.size() && placed.get(next).index() == i) {
                if (!placed.get(next).annotation().equals(present)) {
                    throw new IllegalStateException(
                            "Place %d holds another annotation: %s".formatted(i, present));
                }
                next++;
            } else {
                result.add(present);
            }
        }
        if (next != placed.size()) {
            throw new IllegalStateException("Not there: " + placed.get(next));
        }
        return image.withAnnotations(result);
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
