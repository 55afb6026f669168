package org.palimpsest.project;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// Numbers of the images that a filter means, for charts.
///
/// @param tags how many images have each tag, in alphabetical order
/// @param edits how many images people edited so often, as [ImageFilter.Edits] counts
public record ProjectStatistics(
        long images,
        Map<ImageState, Long> states,
        Map<Split, Long> splits,
        Map<String, Long> tags,
        Histogram edits,
        Annotations annotations) {

    public ProjectStatistics {
        states = Collections.unmodifiableMap(states);
        splits = Collections.unmodifiableMap(splits);
        tags = Collections.unmodifiableMap(tags);
    }

    /// Numbers of the annotations of these images.
    ///
    /// @param labels the number of objects of each label, in the person's order
    public record Annotations(
            long objects,
            long texts,
            Map<String, Long> labels,
            Map<ImageFilter.Origin, Long> origins,
            Map<ReviewState, Long> reviews,
            Measures measures) {
        public Annotations {
            labels = Collections.unmodifiableMap(labels);
            origins = Collections.unmodifiableMap(origins);
            reviews = Collections.unmodifiableMap(reviews);
        }
    }

    /// How what is measured of annotations is spread.
    ///
    /// @param scores 0 to 1, of all that have one
    /// @param areas of objects, as [ImageFilter.Measure] has it
    /// @param aspects of objects, likewise
    public record Measures(Histogram scores, Histogram areas, Histogram aspects) {}

    /// Counts on a connection of its own, so that nothing waits for it that is saved meanwhile.
    ///
    /// @throws ProblemException also if it is cancelled
    public static ProjectStatistics of(Project project, ImageFilter filter, Progress progress)
            throws ProblemException {
        try (var database = Database.open(project.file(), false)) {
            return database.snapshot(
                    () -> new Count(database, new Names(database), filter, progress).statistics());
        }
    }

    private static final class Count {
        private static final int LOOKED_AROUND = 4096;
        private static final double OPEN = Double.POSITIVE_INFINITY;
        private static final String NONE = "-1";

        private final Database database;
        private final Names names;
        private final FilterSql.Condition condition;
        private final Progress progress;

        private final EnumMap<ImageState, Long> states = new EnumMap<>(ImageState.class);
        private final EnumMap<Split, Long> splits = new EnumMap<>(Split.class);
        private final Histogram.Counter edits =
                new Histogram.Counter(0, 1, 2, 3, 5, 10, 20, 50, OPEN);
        private final long[] sums = new long[9];
        private final Map<Long, long[]> labels = new LinkedHashMap<>();
        // The last edge is the next number above 1, for a score may be 1.
        private final Histogram.Counter scores =
                new Histogram.Counter(
                        0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, Math.nextUp(1.0));
        private final Histogram.Counter areas =
                new Histogram.Counter(0, 0.0001, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, OPEN);
        private final Histogram.Counter aspects =
                new Histogram.Counter(0, 0.25, 0.5, 0.8, 1.25, 2, 4, OPEN);

        Count(Database database, Names names, ImageFilter filter, Progress progress)
                throws ProblemException {
            this.database = database;
            this.names = names;
            this.condition = FilterSql.of(filter, database, names, FilterSql.Range.ALL);
            this.progress = progress;
        }

        ProjectStatistics statistics() throws ProblemException {
            long images = countImages();
            var tags = new LinkedHashMap<String, Long>();
            database.forEach(
                    row -> tags.put(row.getString(1), row.getLong(2)),
                    "SELECT tag, count(*) FROM image CROSS JOIN image_tag ON image_tag.image ="
                            + " image.id WHERE "
                            + condition.sql()
                            + " GROUP BY tag ORDER BY tag",
                    condition.values().toArray());
            countAnnotations();
            var byName = new LinkedHashMap<String, Long>();
            for (var label : names.rows()) {
                byName.put(label.name(), labels.getOrDefault(label.id(), new long[1])[0]);
            }
            return new ProjectStatistics(
                    images,
                    states,
                    splits,
                    tags,
                    edits.histogram(),
                    new Annotations(
                            sums[0],
                            sums[1],
                            byName,
                            byEnum(ImageFilter.Origin.class, 2),
                            byEnum(ReviewState.class, 6),
                            new Measures(
                                    scores.histogram(), areas.histogram(), aspects.histogram())));
        }

        private long countImages() throws ProblemException {
            long[] images = {0};
            database.forEach(
                    row -> {
                        long count = row.getLong(4);
                        images[0] += count;
                        states.merge(ImageState.valueOf(row.getString(1)), count, Long::sum);
                        splits.merge(Split.valueOf(row.getString(2)), count, Long::sum);
                        edits.add(row.getDouble(3), count);
                        for (int i = 0; i < sums.length; i++) {
                            sums[i] += row.getLong(5 + i);
                        }
                        lookAround(0);
                    },
                    "SELECT state, split, "
                            + ImageMeasures.EDITS
                            + " AS edits, count(*), sum(objects), sum(texts), sum(drawn),"
                            + " sum(predicted), sum(imported), sum(corrected), sum(unreviewed),"
                            + " sum(accepted), sum(rejected) FROM image CROSS JOIN image_count c ON"
                            + " c.image = image.id WHERE "
                            + condition.sql()
                            + " GROUP BY state, split, edits",
                    condition.values().toArray());
            return images[0];
        }

        /// By rows of the table, which lie in the order of the images, and not by an index.
        private void countAnnotations() throws ProblemException {
            long[] read = {0};
            database.forEach(
                    row -> {
                        long label = row.getLong(1);
                        scores.add(row.getDouble(2));
                        if (label >= 0) {
                            labels.computeIfAbsent(label, _ -> new long[1])[0]++;
                            areas.add(row.getDouble(3));
                            aspects.add(row.getDouble(4));
                        }
                        lookAround(read[0]++);
                    },
                    "SELECT coalesce(a.label, "
                            + NONE
                            + "), coalesce(a.score, "
                            + NONE
                            + "), "
                            + ImageMeasures.AREA
                            + ", coalesce("
                            + ImageMeasures.ASPECT
                            + ", "
                            + NONE
                            + ") FROM image CROSS JOIN annotation a ON a.id BETWEEN image.id << "
                            + AnnotationTable.ID_BITS
                            + " AND ((image.id + 1) << "
                            + AnnotationTable.ID_BITS
                            + ") - 1 WHERE "
                            + condition.sql(),
                    condition.values().toArray());
        }

        private void lookAround(long row) throws ProblemException {
            if (row % LOOKED_AROUND == 0) {
                progress.throwIfCancelled("Counting was cancelled");
            }
        }

        private <E extends Enum<E>> Map<E, Long> byEnum(Class<E> type, int first) {
            var map = new EnumMap<E, Long>(type);
            int column = first; // the columns are in the order of the constants
            for (var constant : type.getEnumConstants()) {
                map.put(constant, sums[column++]);
            }
            return map;
        }
    }
}
