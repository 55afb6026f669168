package org.palimpsest.dataset.split;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.palimpsest.dataset.split.SplitPlan.Reason;

/// Images that go to the same part.
///
/// @param items one or more, in the order of their keys
/// @param reasons why they belong together; empty for a single image
record ItemGroup(List<SplitItem> items, Set<Reason> reasons) {
    ItemGroup {
        items = List.copyOf(items);
        reasons = Set.copyOf(reasons);
    }

    /// Groups the images by everything that ties them.
    ///
    /// @param items in the order of their keys
    static List<ItemGroup> of(List<SplitItem> items, OptionalInt similarBits) {
        var links = new Links(items.size());
        var contents = new HashMap<String, Integer>();
        var named = new HashMap<String, Integer>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            if (!item.contentHash().isEmpty()) {
                links.linkToFirst(contents, item.contentHash(), i, Reason.SAME_CONTENTS);
            }
            if (item.group().isPresent()) {
                links.linkToFirst(named, item.group().get(), i, Reason.SAME_GROUP);
            }
        }
        if (similarBits.isPresent()) {
            linkLookAlikes(items, similarBits.getAsInt(), links);
        }
        return links.groups(items);
    }

    private static void linkLookAlikes(List<SplitItem> items, int bits, Links links) {
        int[] places = new int[items.size()];
        long[] hashes = new long[items.size()];
        int count = 0;
        for (int i = 0; i < items.size(); i++) {
            var hash = items.get(i).perceptualHash();
            if (hash.isPresent()) {
                places[count] = i;
                hashes[count++] = hash.getAsLong();
            }
        }
        NearDuplicates.forEachLink(
                Arrays.copyOf(hashes, count),
                bits,
                (one, other) -> links.link(places[one], places[other], Reason.LOOK_ALIKE));
    }

    /// The group's own hash: of its name if it has one, else of its first image.
    long hash(long seed) {
        String key =
                items.stream()
                        .flatMap(item -> item.group().stream())
                        .min(String::compareTo)
                        .map(name -> "group " + name)
                        .orElseGet(() -> items.getFirst().key());
        // FNV-1a (draft-eastlake-fnv), then the finishing steps of MurmurHash3 (fmix64), which
        // spread it to all bits.
        long hash = 0xcbf29ce484222325L ^ seed * 0x9E3779B97F4A7C15L;
        for (byte octet : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ octet & 0xFF) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }

    SplitPlan.Group described() {
        var ids = new ArrayList<>(items.stream().map(SplitItem::id).toList());
        ids.sort(Comparator.comparing(id -> id.value()));
        return new SplitPlan.Group(ids, reasons);
    }

    /// Ties between images and their reasons.
    private static final class Links {
        private final UnionFind sets;
        private final Map<Integer, Set<Reason>> reasons = new HashMap<>();

        Links(int size) {
            this.sets = new UnionFind(size);
        }

        void linkToFirst(Map<String, Integer> firsts, String key, int place, Reason reason) {
            Integer first = firsts.putIfAbsent(key, place);
            if (first != null) {
                link(first, place, reason);
            }
        }

        /// A tie between images that hang together already is no reason of its own.
        void link(int one, int other, Reason reason) {
            if (sets.union(one, other)) {
                reasons.computeIfAbsent(other, _ -> EnumSet.noneOf(Reason.class)).add(reason);
            }
        }

        List<ItemGroup> groups(List<SplitItem> items) {
            var members = new TreeMap<Integer, List<SplitItem>>();
            var why = new HashMap<Integer, Set<Reason>>();
            for (int i = 0; i < items.size(); i++) {
                int first = sets.find(i);
                members.computeIfAbsent(first, _ -> new ArrayList<>()).add(items.get(i));
                why.computeIfAbsent(first, _ -> EnumSet.noneOf(Reason.class))
                        .addAll(reasons.getOrDefault(i, Collections.emptySet()));
            }
            var groups = new ArrayList<ItemGroup>();
            members.forEach((first, group) ->
                    groups.add(new ItemGroup(group, why.getOrDefault(first, Set.of()))));
            return groups;
        }
    }
}
