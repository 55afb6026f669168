package org.palimpsest.evaluation.effort;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleBiFunction;

/// Pairs what was there before with what is there afterwards, pass by pass; what is left over stays in the two lists.
///
/// @param before what has no partner yet
/// @param after what has no partner yet
record Pairing<T>(List<T> before, List<T> after) {
    /// One annotation in its two states.
    record Pair<T>(T before, T after) {}

    private record Candidate<T>(Pair<T> pair, double score) {}

    /// @return copies of both lists, which the passes shorten
    static <T> Pairing<T> of(List<T> before, List<T> after) {
        return new Pairing<>(new ArrayList<>(before), new ArrayList<>(after));
    }

    /// Takes pairs out that may belong together, the highest score first, each element once; ties keep the order of the
    /// lists.
    List<Pair<T>> take(
            BiPredicate<T, T> allowed, ToDoubleBiFunction<T, T> score, double minimumScore) {
        var candidates = new ArrayList<Candidate<T>>();
        for (var old : before) {
            for (var fresh : after) {
                if (allowed.test(old, fresh)) {
                    double value = score.applyAsDouble(old, fresh);
                    if (value >= minimumScore) {
                        candidates.add(new Candidate<>(new Pair<>(old, fresh), value));
                    }
                }
            }
        }
        candidates.sort(Comparator.comparingDouble((Candidate<T> c) -> c.score()).reversed());
        Set<T> taken = Collections.newSetFromMap(new IdentityHashMap<>()); // equal is not the same
        var pairs = new ArrayList<Pair<T>>();
        for (var candidate : candidates) {
            var pair = candidate.pair();
            if (!taken.contains(pair.before()) && !taken.contains(pair.after())) {
                taken.add(pair.before());
                taken.add(pair.after());
                pairs.add(pair);
            }
        }
        before.removeIf(taken::contains);
        after.removeIf(taken::contains);
        return pairs;
    }
}
