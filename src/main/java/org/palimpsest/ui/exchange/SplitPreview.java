package org.palimpsest.ui.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.split.SplitOptions;
import org.palimpsest.dataset.split.SplitPlan;
import org.palimpsest.dataset.split.Splitter;
import org.palimpsest.ui.support.Texts;

/// How a project is divided now, and how it would be.
///
/// @param plan what would change
/// @param rows images, objects, and for each label the images that it is in
/// @param unseen how many images nobody compared with others yet
record SplitPreview(SplitPlan plan, List<Row> rows, long unseen) {
    SplitPreview {
        rows = List.copyOf(rows);
    }

    /// A row of counts, one for each part in the order of [Split].
    ///
    /// @param total whether it counts all rather than a label
    record Row(String name, boolean total, List<Long> now, List<Long> after) {
        Row {
            now = List.copyOf(now);
            after = List.copyOf(after);
        }

        /// `8 → 10`, or `8` where nothing changes.
        String words(Split part) {
            long before = now.get(part.ordinal());
            long then = after.get(part.ordinal());
            return before == then
                    ? Texts.get("exchange.splits.count", before)
                    : Texts.get("exchange.splits.change", before, then);
        }
    }

    private static final class Counts {
        private final long[] now = new long[Split.values().length];
        private final long[] after = new long[Split.values().length];

        void add(Split before, Split then, long count) {
            now[before.ordinal()] += count;
            after[then.ordinal()] += count;
        }

        Row row(String name, boolean total) {
            return new Row(name, total, list(now), list(after));
        }

        private static List<Long> list(long[] counts) {
            return Arrays.stream(counts).boxed().toList();
        }
    }

    static SplitPreview of(SplitData data, SplitOptions options, boolean foldersTogether) {
        var plan = Splitter.plan(data.items(foldersTogether), options);
        var images = new Counts();
        var objects = new Counts();
        Map<String, Counts> labels = new TreeMap<>();
        for (var image : data.images()) {
            var before = image.item().current();
            var then = plan.changes().getOrDefault(image.item().id(), before);
            images.add(before, then, 1);
            objects.add(before, then, image.objects());
            image.item()
                    .labels()
                    .forEach(label ->
                            labels.computeIfAbsent(label, _ -> new Counts()).add(before, then, 1));
        }
        var rows = new ArrayList<Row>();
        rows.add(images.row(Texts.get("exchange.splits.images"), true));
        rows.add(objects.row(Texts.get("exchange.splits.objects"), true));
        labels.forEach((label, counts) -> rows.add(counts.row(label, false)));
        return new SplitPreview(plan, rows, data.unseen());
    }

    /// How many images get another part.
    int changes() {
        return plan.changes().size();
    }
}
