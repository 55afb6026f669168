package org.palimpsest.format.coco;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.problem.ProblemException;

/// Which file of an export an image goes into: one for each split that occurs, or a single one where none does.
final class SplitFiles {
    private final boolean split;
    private final List<String> names;

    private SplitFiles(boolean split, List<String> names) {
        this.split = split;
        this.names = List.copyOf(names);
    }

    /// One file for everything.
    static SplitFiles single() {
        return new SplitFiles(false, List.of(""));
    }

    /// Looks which splits occur.
    ///
    /// @param always whether the format has no file without a split
    static SplitFiles of(DatasetExport data, boolean always) throws ProblemException {
        Map<Split, Long> counts = new EnumMap<>(Split.class);
        data.data().forEach(image -> counts.merge(image.details().split(), 1L, Long::sum));
        long unassigned = counts.getOrDefault(Split.UNASSIGNED, 0L);
        boolean split = always || counts.size() > (unassigned > 0 ? 1 : 0);
        if (!split) {
            return single();
        }
        if (unassigned > 0) {
            data.findings()
                    .warning("splits", unassigned + " images without a split count as train");
            counts.merge(Split.TRAIN, unassigned, Long::sum);
        }
        var names = new ArrayList<String>();
        for (var one : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
            if (counts.containsKey(one)) {
                names.add(name(one));
            }
        }
        return new SplitFiles(true, names);
    }

    /// `train`, `val` and `test` as they occur, or one empty name.
    List<String> names() {
        return names;
    }

    /// The name that the image's file has.
    String nameOf(AnnotatedImage image) {
        return split ? name(image.details().split()) : "";
    }

    static String name(Split split) {
        return switch (split) {
            case TRAIN, UNASSIGNED -> "train";
            case VALIDATION -> "val";
            case TEST -> "test";
        };
    }
}
