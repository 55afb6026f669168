package org.palimpsest.batch.fit;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.palimpsest.batch.Truth;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Split;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// What a project has to teach, counted.
///
/// @param images of each split
/// @param known those of them of which somebody has said what is true
/// @param byFileName an image of each file name, to find the one that a finding names
public record ProjectOutline(
        Map<Split, Integer> images, Map<Split, Integer> known, Map<String, ImageId> byFileName) {
    private static final int MOST_NAMES = 100_000;

    public ProjectOutline {
        images = Collections.unmodifiableMap(new EnumMap<>(images));
        known = Collections.unmodifiableMap(new EnumMap<>(known));
        byFileName = Map.copyOf(byFileName);
    }

    /// Reads the data set once.
    public static ProjectOutline of(Dataset data, Progress progress) throws ProblemException {
        var images = new EnumMap<Split, Integer>(Split.class);
        var known = new EnumMap<Split, Integer>(Split.class);
        for (var split : Split.values()) {
            images.put(split, 0);
            known.put(split, 0);
        }
        var names = new HashMap<String, ImageId>();
        data.forEach(image -> {
            progress.throwIfCancelled("Reading the project was cancelled");
            var split = image.details().split();
            images.merge(split, 1, Integer::sum);
            if (Truth.isKnown(Truth.of(image))) {
                known.merge(split, 1, Integer::sum);
            }
            if (names.size() < MOST_NAMES) {
                names.putIfAbsent(
                        String.valueOf(image.image().file().getFileName()), image.image().id());
            }
        });
        return new ProjectOutline(images, known, names);
    }

    /// Images that can be learnt or held out: all that are known, without those of the test split.
    public int usable() {
        int sum = 0;
        for (var entry : known.entrySet()) {
            sum += entry.getKey() == Split.TEST ? 0 : entry.getValue();
        }
        return sum;
    }
}
