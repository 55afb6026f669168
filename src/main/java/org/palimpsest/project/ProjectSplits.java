package org.palimpsest.project;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.dataset.split.NearDuplicates;
import org.palimpsest.dataset.split.SplitItem;
import org.palimpsest.dataset.split.SplitOptions;
import org.palimpsest.dataset.split.SplitPlan;
import org.palimpsest.dataset.split.Splitter;
import org.palimpsest.problem.ProblemException;

/// Divides the images of a project into train, validation and test, and finds those that look alike.
public final class ProjectSplits {
    private static final int SAVED_TOGETHER = 500;
    private static final String SETTINGS = "split";

    private ProjectSplits() {}

    /// What a division would change. Rejected images take no part in it.
    ///
    /// @param group names the group of an image, such as its folder; images of one group stay together
    public static SplitPlan plan(
            Project project, SplitOptions options, Function<ImageEntry, Optional<String>> group)
            throws ProblemException {
        var items = new ArrayList<SplitItem>();
        project.dataset(ImageFilter.ALL)
                .forEach(image -> {
                    if (image.details().state() != ImageState.REJECTED) {
                        items.add(item(image, group.apply(image.image())));
                    }
                });
        return Splitter.plan(items, options);
    }

    /// What a division needs to know of an image.
    ///
    /// @param group images of one group stay together
    public static SplitItem item(AnnotatedImage image, Optional<String> group) {
        Set<String> labels = new HashSet<>();
        for (var object : image.objects()) {
            if (object.review() != ReviewState.REJECTED) {
                labels.add(object.label());
            }
        }
        var facts = image.image().facts();
        return new SplitItem(
                image.image().id(),
                facts.contentHash(),
                facts.perceptualHash(),
                labels,
                image.details().tags(),
                group,
                image.details().split());
    }

    /// Carries a division out as one step, and remembers how it was made.
    ///
    /// @param settings in words, for the manifest of exports, such as `0.8/0.1/0.1, seed 0`
    public static void apply(Project project, SplitPlan plan, String settings)
            throws ProblemException {
        apply(project, plan, "split the images", settings);
    }

    /// Carries a division out as one step of this title, and remembers how it was made.
    public static void apply(Project project, SplitPlan plan, String title, String settings)
            throws ProblemException {
        var step = project.beginStep(title);
        var waiting = new ArrayList<Edit>();
        for (var change : plan.changes().entrySet()) {
            var image = project.image(change.getKey());
            if (image.isPresent()) {
                waiting.add(
                        ReplaceDetails.of(
                                image.get(), image.get().details().withSplit(change.getValue())));
            }
            if (waiting.size() == SAVED_TOGETHER) {
                step.add(waiting);
                waiting.clear();
            }
        }
        step.add(waiting);
        step.end();
        project.writing(() ->
                project.database()
                        .update(
                                "INSERT OR REPLACE INTO property(name, value) VALUES (?, ?)",
                                SETTINGS,
                                settings));
    }

    /// How the images were divided last, in words; empty where they never were.
    public static Optional<String> settings(Project project) throws ProblemException {
        return project.reading(() ->
                project.database()
                        .first(
                                row -> row.getString(1),
                                "SELECT value FROM property WHERE name = ?",
                                SETTINGS));
    }

    /// Images that look alike, in groups of two and more, in the project's order.
    ///
    /// @param bits in how many bits the hashes of two such images may differ
    public static List<List<ImageId>> lookAlikes(Project project, int bits)
            throws ProblemException {
        Map<ImageId, Long> hashes = new LinkedHashMap<>();
        project.reading(() -> {
            project.database()
                    .forEach(
                            row -> hashes.put(ImageId.parse(row.getString(1)), row.getLong(2)),
                            "SELECT uuid, perceptual_hash FROM image WHERE perceptual_hash"
                                    + " IS NOT NULL ORDER BY id");
            return hashes.size();
        });
        var ids = List.copyOf(hashes.keySet());
        long[] values = hashes.values().stream().mapToLong(Long::longValue).toArray();
        return NearDuplicates.groups(values, bits).stream()
                .filter(group -> group.size() > 1)
                .map(group -> group.stream().map(ids::get).toList())
                .toList();
    }
}
