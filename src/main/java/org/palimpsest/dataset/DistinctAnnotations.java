package org.palimpsest.dataset;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.RandomAccess;
import java.util.SortedMap;

/// A list of annotations of which no two have the same id. What is made of one by a small change is checked for that
/// change alone, so that an edit of an image with ten thousand objects costs little more than with ten.
///
/// Immutable.
final class DistinctAnnotations extends AbstractList<Annotation> implements RandomAccess {
    /// So many are compared with all others one by one; more are put into a set.
    private static final int FEW = 8;

    private final Annotation[] annotations;

    private DistinctAnnotations(Annotation[] annotations) {
        this.annotations = annotations;
    }

    /// @throws IllegalArgumentException if two annotations have the same id
    static DistinctAnnotations of(List<? extends Annotation> list) {
        if (list instanceof DistinctAnnotations distinct) {
            return distinct;
        }
        var annotations = List.copyOf(list).toArray(Annotation[]::new);
        var ids = HashSet.<AnnotationId>newHashSet(annotations.length);
        for (var annotation : annotations) {
            if (!ids.add(annotation.id())) {
                throw twice(annotation);
            }
        }
        return new DistinctAnnotations(annotations);
    }

    private static IllegalArgumentException twice(Annotation annotation) {
        return new IllegalArgumentException("Two annotations have the id " + annotation.id());
    }

    /// @throws IllegalArgumentException if the annotation has another id than the one in its place
    DistinctAnnotations replace(int place, Annotation annotation) {
        if (!annotations[place].id().equals(annotation.id())) {
            throw new IllegalArgumentException(
                    "%s in the place of %s".formatted(annotation.id(), annotations[place].id()));
        }
        var changed = annotations.clone();
        changed[place] = annotation;
        return new DistinctAnnotations(changed);
    }

    DistinctAnnotations without(BitSet places) {
        int after = annotations.length - places.cardinality();
        var changed = new Annotation[after];
        int to = 0;
        int from = 0;
        for (int gap = places.nextSetBit(0); gap >= 0; gap = places.nextSetBit(gap + 1)) {
            System.arraycopy(annotations, from, changed, to, gap - from);
            to += gap - from;
            from = gap + 1;
        }
        System.arraycopy(annotations, from, changed, to, annotations.length - from);
        return new DistinctAnnotations(changed);
    }

    /// @param placed by the place that each has afterwards
    /// @throws IndexOutOfBoundsException if there is no such place
    /// @throws IllegalArgumentException if two annotations have the same id
    DistinctAnnotations with(SortedMap<Integer, ? extends Annotation> placed) {
        var changed = new Annotation[annotations.length + placed.size()];
        int from = 0;
        int to = 0;
        for (var entry : placed.entrySet()) {
            int between = entry.getKey() - to;
            System.arraycopy(annotations, from, changed, to, between);
            from += between;
            to += between;
            changed[to++] = entry.getValue();
        }
        System.arraycopy(annotations, from, changed, to, annotations.length - from);
        if (placed.size() > FEW) {
            return of(List.of(changed));
        }
        for (var added : placed.values()) {
            int times = 0;
            for (var other : changed) {
                times += other.id().equals(added.id()) ? 1 : 0;
            }
            if (times > 1) {
                throw twice(added);
            }
        }
        return new DistinctAnnotations(changed);
    }

    @Override
    public Annotation get(int index) {
        return annotations[index];
    }

    @Override
    public int size() {
        return annotations.length;
    }

    @Override
    public Object[] toArray() {
        return Arrays.copyOf(annotations, annotations.length, Object[].class);
    }
}
