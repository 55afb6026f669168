package org.palimpsest.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.split.SplitPlan.Reason;

class SplitterTest {
    private static final SplitRatios RATIOS = new SplitRatios(0.7, 0.2, 0.1);
    private static final SplitOptions OPTIONS = SplitOptions.of(RATIOS, 42, 3);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyLabelIsSharedOutByTheRatios(long seed) {
        var items = items(new Random(seed), 2000, 0);
        var plan = Splitter.plan(items, OPTIONS);
        assertThat(plan.changes()).hasSize(2000);
        assertShare(plan.images(), 2000, 0.01);
        for (var label : plan.labels().entrySet()) {
            long total = label.getValue().values().stream().mapToLong(Long::longValue).sum();
            for (var part : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
                double wanted = RATIOS.of(part) * total;
                assertThat((double) label.getValue().getOrDefault(part, 0L))
                        .as(label.getKey() + " in " + part + " of " + total)
                        .isBetween(wanted - 3 - 0.05 * total, wanted + 3 + 0.05 * total);
            }
        }
    }

    @Test
    void aRareLabelIsInEveryPart() {
        var items = new ArrayList<>(items(new Random(1), 500, 0));
        for (int i = 0; i < 10; i++) {
            items.add(item(10_000 + i, Set.of("rare"), Optional.empty()));
        }
        assertThat(Splitter.plan(items, OPTIONS).labels().get("rare"))
                .isEqualTo(Map.of(Split.TRAIN, 7L, Split.VALIDATION, 2L, Split.TEST, 1L));
    }

    @ParameterizedTest
    @EnumSource
    void groupsAreNeverDivided(SplitOptions.Mode mode) {
        var items = items(new Random(7), 1500, 200);
        var plan = Splitter.plan(items, OPTIONS.withMode(mode));
        var byGroup =
                items.stream()
                        .filter(item -> item.group().isPresent())
                        .collect(
                                Collectors.groupingBy(
                                        item -> item.group().get(),
                                        Collectors.mapping(
                                                item -> plan.changes().get(item.id()),
                                                Collectors.toSet())));
        assertThat(byGroup)
                .hasSizeGreaterThan(50)
                .allSatisfy((_, parts) -> assertThat(parts).hasSize(1));
        assertThat(plan.together()).allMatch(group -> group.members().size() > 1);
    }

    @Test
    void sameContentsAndLookAlikesStayTogetherAndSaySo() {
        var one = item(1, Set.of("cat"), Optional.empty());
        var copy =
                new SplitItem(
                        id(2),
                        one.contentHash(),
                        OptionalLong.empty(),
                        Set.of(),
                        Set.of(),
                        Optional.empty(),
                        Split.UNASSIGNED);
        var alike =
                new SplitItem(
                        id(3),
                        hash(3),
                        OptionalLong.of(one.perceptualHash().getAsLong() ^ 0b1011),
                        Set.of(),
                        Set.of(),
                        Optional.empty(),
                        Split.UNASSIGNED);
        var other =
                new SplitItem(
                        id(4),
                        hash(4),
                        OptionalLong.of(one.perceptualHash().getAsLong() ^ 0b1111),
                        Set.of(),
                        Set.of(),
                        Optional.empty(),
                        Split.UNASSIGNED);
        var plan = Splitter.plan(List.of(one, copy, alike), OPTIONS);
        assertThat(plan.together())
                .containsExactly(
                        new SplitPlan.Group(
                                List.of(id(1), id(2), id(3)),
                                Set.of(Reason.SAME_CONTENTS, Reason.LOOK_ALIKE)));
        assertThat(new HashSet<>(plan.changes().values())).hasSize(1);
        // The other picture is alike the third (1 bit), not the first (4 bits).
        assertThat(Splitter.plan(List.of(one, other), OPTIONS).together()).isEmpty();
        assertThat(Splitter.plan(List.of(alike, other), OPTIONS).together()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void theOrderOfTheImagesDoesNotMatter(SplitOptions.Mode mode) {
        var items = new ArrayList<>(items(new Random(3), 800, 60));
        var options = OPTIONS.withMode(mode);
        var plan = Splitter.plan(items, options);
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(items, new Random(round));
            assertThat(Splitter.plan(items, options)).isEqualTo(plan);
        }
        var otherSeed = new SplitOptions(RATIOS, 43, mode, options.similarBits(), Map.of(), true);
        assertThat(Splitter.plan(items, otherSeed).changes()).isNotEqualTo(plan.changes());
    }

    @ParameterizedTest
    @EnumSource
    void assignedImagesStayWhenImagesAreAdded(SplitOptions.Mode mode) {
        var options = OPTIONS.withMode(mode);
        var before = items(new Random(3), 600, 60);
        var first = Splitter.plan(before, options);
        var all = new ArrayList<>(assigned(before, first.changes()));
        var added = items(new Random(4), 1200, 60).subList(600, 1200);
        all.addAll(added);
        var second = Splitter.plan(all, options);
        assertThat(second.changes().keySet())
                .isEqualTo(added.stream().map(SplitItem::id).collect(Collectors.toSet()));
        assertShare(second.images(), 1200, mode == SplitOptions.Mode.HASH ? 0.06 : 0.02);
        assertThat(second.torn()).isEmpty();
    }

    @Test
    void byHashAnImageGoesToTheSamePartInWhateverCompany() {
        var options = OPTIONS.withMode(SplitOptions.Mode.HASH);
        var many = Splitter.plan(items(new Random(3), 2000, 0), options);
        var few = Splitter.plan(items(new Random(3), 2000, 0).subList(100, 300), options);
        assertThat(many.changes()).containsAllEntriesOf(few.changes());
        assertShare(many.images(), 2000, 0.05);
    }

    @Test
    void aTagDecidesForTheWholeGroup() {
        var tagged =
                new SplitItem(
                        id(1),
                        hash(1),
                        OptionalLong.empty(),
                        Set.of("cat"),
                        Set.of("val"),
                        Optional.of("video"),
                        Split.TRAIN);
        var partner = item(2, Set.of("cat"), Optional.of("video"));
        var plan =
                Splitter.plan(
                        List.of(tagged, partner),
                        OPTIONS.withTagSplits(Map.of("val", Split.VALIDATION)));
        assertThat(plan.changes())
                .isEqualTo(Map.of(id(1), Split.VALIDATION, id(2), Split.VALIDATION));
        assertThat(plan.labels()).isEqualTo(Map.of("cat", Map.of(Split.VALIDATION, 2L)));
    }

    @Test
    void aGroupThatSitsInTwoPartsIsReportedAndStays() {
        var items =
                List.of(
                        in(Split.TRAIN, item(1, Set.of(), Optional.of("video"))),
                        in(Split.TEST, item(2, Set.of(), Optional.of("video"))),
                        in(Split.TEST, item(3, Set.of(), Optional.of("video"))),
                        item(4, Set.of(), Optional.of("video")));
        var plan = Splitter.plan(items, OPTIONS);
        assertThat(plan.changes()).isEqualTo(Map.of(id(4), Split.TEST));
        assertThat(plan.torn())
                .containsExactly(
                        new SplitPlan.Group(
                                List.of(id(1), id(2), id(3), id(4)), Set.of(Reason.SAME_GROUP)));
        assertThat(plan.together()).isEmpty();
        var anew = Splitter.plan(items, OPTIONS.withKeepAssigned(false));
        assertThat(anew.torn()).isEmpty();
        assertThat(anew.together()).hasSize(1);
    }

    @Test
    void aPartOfNothingGetsNothing() {
        var options = SplitOptions.of(new SplitRatios(0.8, 0.2, 0), 1, 3);
        for (var mode : SplitOptions.Mode.values()) {
            var plan = Splitter.plan(items(new Random(1), 300, 20), options.withMode(mode));
            assertThat(plan.images().keySet()).containsExactly(Split.TRAIN, Split.VALIDATION);
        }
        assertThat(Splitter.plan(List.of(), OPTIONS).changes()).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new SplitRatios(0.7, 0.2, 0.2))
                .isInstanceOf(IllegalArgumentException.class);
        var twice =
                List.of(item(1, Set.of(), Optional.empty()), item(1, Set.of(), Optional.empty()));
        assertThatThrownBy(() -> Splitter.plan(twice, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 items of 1");
    }

    private static void assertShare(Map<Split, Long> images, long total, double tolerance) {
        for (var part : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
            assertThat(images.getOrDefault(part, 0L) / (double) total)
                    .as(part.toString())
                    .isBetween(RATIOS.of(part) - tolerance, RATIOS.of(part) + tolerance);
        }
    }

    /// Images with labels of very different frequency.
    ///
    /// @param groups how many group names there are; a third of the images has one
    private static List<SplitItem> items(Random random, int count, int groups) {
        var items = new ArrayList<SplitItem>();
        for (int i = 0; i < count; i++) {
            var labels = new HashSet<String>();
            for (int label = 0; label < 8; label++) {
                if (random.nextInt(1 << label) == 0 && random.nextBoolean()) {
                    labels.add("label " + label);
                }
            }
            var group =
                    groups > 0 && random.nextInt(3) == 0
                            ? Optional.of("group " + i / 600 + "." + random.nextInt(groups))
                            : Optional.<String>empty();
            items.add(item(i, labels, group));
        }
        return items;
    }

    private static SplitItem item(int number, Set<String> labels, Optional<String> group) {
        return new SplitItem(
                id(number),
                hash(number),
                OptionalLong.of(new Random(number).nextLong()),
                labels,
                Set.of(),
                group,
                Split.UNASSIGNED);
    }

    private static List<SplitItem> assigned(List<SplitItem> items, Map<ImageId, Split> splits) {
        var known = new HashMap<>(splits);
        return items.stream().map(item -> in(known.get(item.id()), item)).toList();
    }

    private static SplitItem in(Split split, SplitItem item) {
        return new SplitItem(
                item.id(),
                item.contentHash(),
                item.perceptualHash(),
                item.labels(),
                item.tags(),
                item.group(),
                split);
    }

    private static ImageId id(int number) {
        return new ImageId(new UUID(0, number));
    }

    private static String hash(int number) {
        return "%064x".formatted(number * 0x9E3779B97F4AL);
    }
}
