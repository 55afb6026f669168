package org.palimpsest.dataset.split;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Split;

/// Divides images into train, validation and test.
///
/// Images with the same contents, that look alike or that are of one group never go to different parts. Images that are
/// in a part already stay there unless the options say otherwise, and draw what belongs to them after them. The result
/// depends on the set of images and the options alone, not on the order of the images.
public final class Splitter {
    private final List<SplitItem> items;
    private final SplitOptions options;
    private final Map<ImageId, Split> result = new HashMap<>();

    private Splitter(Collection<SplitItem> items, SplitOptions options) {
        this.items =
                items.stream()
                        .sorted(
                                Comparator.comparing(SplitItem::key)
                                        .thenComparing(item -> item.id().value()))
                        .toList();
        this.options = options;
    }

    /// What to change so that the images are divided.
    ///
    /// @throws IllegalArgumentException if two items are of the same image
    public static SplitPlan plan(Collection<SplitItem> items, SplitOptions options) {
        long distinct = items.stream().map(SplitItem::id).distinct().count();
        if (distinct != items.size()) {
            throw new IllegalArgumentException(
                    items.size() + " items of " + distinct + " different images");
        }
        return new Splitter(items, options).plan();
    }

    private SplitPlan plan() {
        var groups = ItemGroup.of(items, options.similarBits());
        var torn = new ArrayList<SplitPlan.Group>();
        var free = new ArrayList<ItemGroup>();
        for (var group : groups) {
            if (!placeBound(group, torn)) {
                free.add(group);
            }
        }
        switch (options.mode()) {
            case HASH -> free.forEach(group -> place(group, byHash(group)));
            case STRATIFIED -> {
                var stratifier = new Stratifier(options.ratios(), options.seed());
                for (var item : items) {
                    var split = result.get(item.id());
                    if (split != null) {
                        stratifier.count(item, split);
                    }
                }
                stratifier.assign(free, this::place);
            }
        }
        return report(groups, torn);
    }

    /// Places a group where a tag or its members' present parts decide; false where nothing does.
    private boolean placeBound(ItemGroup group, List<SplitPlan.Group> torn) {
        var tagged = new EnumMap<Split, Integer>(Split.class);
        var assigned = new EnumMap<Split, Integer>(Split.class);
        for (var item : group.items()) {
            for (var tag : item.tags()) {
                var split = options.tagSplits().get(tag);
                if (split != null) {
                    tagged.merge(split, 1, Integer::sum);
                }
            }
            if (options.keepAssigned() && item.current() != Split.UNASSIGNED) {
                assigned.merge(item.current(), 1, Integer::sum);
            }
        }
        if (!tagged.isEmpty()) {
            place(group, mostFrequent(tagged));
            return true;
        }
        if (assigned.isEmpty()) {
            return false;
        }
        if (assigned.size() > 1) {
            torn.add(group.described());
        }
        var home = mostFrequent(assigned);
        for (var item : group.items()) {
            result.put(item.id(), item.current() == Split.UNASSIGNED ? home : item.current());
        }
        return true;
    }

    /// The first of the most frequent ones, in the order of the parts.
    private static Split mostFrequent(Map<Split, Integer> counts) {
        return counts.entrySet().stream()
                .min(
                        Map.Entry.<Split, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
    }

    private void place(ItemGroup group, Split split) {
        group.items().forEach(item -> result.put(item.id(), split));
    }

    private Split byHash(ItemGroup group) {
        // 53 bits make a fraction from 0 to 1.
        double fraction = (group.hash(options.seed()) >>> 11) * 0x1p-53;
        var ratios = options.ratios();
        if (fraction < ratios.train()) {
            return Split.TRAIN;
        }
        if (fraction < ratios.train() + ratios.validation()) {
            return Split.VALIDATION;
        }
        return ratios.test() > 0
                ? Split.TEST
                : ratios.validation() > 0 ? Split.VALIDATION : Split.TRAIN;
    }

    private SplitPlan report(List<ItemGroup> groups, List<SplitPlan.Group> torn) {
        var changes = new LinkedHashMap<ImageId, Split>();
        var images = new EnumMap<Split, Long>(Split.class);
        var labels = new TreeMap<String, Map<Split, Long>>();
        for (var item : items) {
            var split = Optional.ofNullable(result.get(item.id())).orElse(Split.UNASSIGNED);
            if (split != item.current()) {
                changes.put(item.id(), split);
            }
            images.merge(split, 1L, Long::sum);
            for (var label : item.labels()) {
                labels.computeIfAbsent(label, _ -> new EnumMap<>(Split.class))
                        .merge(split, 1L, Long::sum);
            }
        }
        var together =
                groups.stream()
                        .filter(group -> group.items().size() > 1 && isWhole(group))
                        .sorted(Comparator.comparing(group -> -group.items().size()))
                        .map(ItemGroup::described)
                        .toList();
        return new SplitPlan(changes, images, labels, together, torn);
    }

    private boolean isWhole(ItemGroup group) {
        var splits = EnumSet.noneOf(Split.class);
        group.items().forEach(item -> splits.add(result.get(item.id())));
        return splits.size() == 1;
    }
}
