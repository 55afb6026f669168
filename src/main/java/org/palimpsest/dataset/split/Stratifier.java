package org.palimpsest.dataset.split;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.palimpsest.dataset.Split;

/// Shares groups out so that each part gets its ratio of every label: the rarest label first, each group to the part
/// that lacks most of that label (Sechidis, Tsoumakas and Vlahavas, "On the Stratification of Multi-Label Data", 2011,
/// algorithm 1, here with groups instead of single examples).
final class Stratifier {
    private static final List<Split> PARTS = List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);

    private final SplitRatios ratios;
    private final long seed;
    private final Tally all = new Tally();
    private final Map<String, Tally> labels = new HashMap<>();

    Stratifier(SplitRatios ratios, long seed) {
        this.ratios = ratios;
        this.seed = seed;
    }

    /// How many images there are in all, and in each part so far.
    private final class Tally {
        private long total;
        private final Map<Split, Long> placed = new EnumMap<>(Split.class);

        /// How many images the part still lacks.
        double lack(Split part) {
            return total * ratios.of(part) - placed.getOrDefault(part, 0L);
        }
    }

    /// Counts an image that is in a part already.
    void count(SplitItem item, Split part) {
        addTotal(item);
        addPlaced(item, part);
    }

    private void addTotal(SplitItem item) {
        all.total++;
        item.labels().forEach(label -> tally(label).total++);
    }

    private void addPlaced(SplitItem item, Split part) {
        all.placed.merge(part, 1L, Long::sum);
        item.labels().forEach(label -> tally(label).placed.merge(part, 1L, Long::sum));
    }

    private Tally tally(String label) {
        return labels.computeIfAbsent(label, _ -> new Tally());
    }

    /// Hands over a part for every group.
    void assign(List<ItemGroup> groups, BiConsumer<ItemGroup, Split> placed) {
        groups.forEach(group -> group.items().forEach(this::addTotal));
        var order = largestFirst(groups);
        var waiting = new TreeMap<String, Set<Integer>>();
        for (int i = 0; i < order.size(); i++) {
            for (var item : order.get(i).items()) {
                for (var label : item.labels()) {
                    waiting.computeIfAbsent(label, _ -> new HashSet<>()).add(i);
                }
            }
        }
        var done = new boolean[order.size()];
        while (!waiting.isEmpty()) {
            var rarest = rarest(waiting);
            String label = rarest.getKey();
            int[] places = rarest.getValue().stream().mapToInt(Integer::intValue).toArray();
            waiting.remove(label);
            Arrays.sort(places);
            for (int place : places) {
                var group = order.get(place);
                done[place] = true;
                place(group, part(tally(label), group), placed);
                for (var item : group.items()) {
                    for (var other : item.labels()) {
                        removeFrom(waiting, other, place);
                    }
                }
            }
        }
        for (int i = 0; i < done.length; i++) {
            if (!done[i]) {
                place(order.get(i), part(all, order.get(i)), placed);
            }
        }
    }

    /// Small groups then even out what large ones leave; the hash is computed once for each.
    private List<ItemGroup> largestFirst(List<ItemGroup> groups) {
        record Hashed(ItemGroup group, long hash) {}
        return groups.stream()
                .map(group -> new Hashed(group, group.hash(seed)))
                .sorted(
                        Comparator.<Hashed>comparingInt(one -> -one.group().items().size())
                                .thenComparingLong(Hashed::hash)
                                .thenComparing(one -> one.group().items().getFirst().key()))
                .map(Hashed::group)
                .toList();
    }

    private static Map.Entry<String, Set<Integer>> rarest(Map<String, Set<Integer>> waiting) {
        return waiting.entrySet().stream()
                .min(
                        Comparator.<Map.Entry<String, Set<Integer>>>comparingInt(
                                        entry -> entry.getValue().size())
                                .thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow();
    }

    private static void removeFrom(Map<String, Set<Integer>> waiting, String label, int place) {
        var places = waiting.get(label);
        if (places != null) {
            places.remove(place);
            if (places.isEmpty()) {
                waiting.remove(label);
            }
        }
    }

    private void place(ItemGroup group, Split part, BiConsumer<ItemGroup, Split> placed) {
        group.items().forEach(item -> addPlaced(item, part));
        placed.accept(group, part);
    }

    /// The part that lacks most of the label; of several, the one that lacks most images; of several, by the group's
    /// hash.
    private Split part(Tally label, ItemGroup group) {
        var possible = PARTS.stream().filter(part -> ratios.of(part) > 0).toList();
        int turn = (int) Long.remainderUnsigned(group.hash(seed + 1), possible.size());
        return possible.stream()
                .max(
                        Comparator.<Split>comparingDouble(label::lack)
                                .thenComparingDouble(all::lack)
                                .thenComparingInt(
                                        part -> (possible.indexOf(part) + turn) % possible.size()))
                .orElseThrow();
    }
}
