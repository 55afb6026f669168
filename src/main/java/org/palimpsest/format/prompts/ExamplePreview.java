package org.palimpsest.format.prompts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.format.Finding;
import org.palimpsest.format.FindingList;
import org.palimpsest.problem.ProblemException;

/// Which examples a data set gives, counted without writing any.
///
/// @param counts examples by template, in the order of the mix
/// @param first the first examples
/// @param findings what was noticed; the first [FindingList#KEPT]
public record ExamplePreview(Map<String, Long> counts, List<Sample> first, List<Finding> findings) {

    /// An example with its image.
    public record Sample(Path image, TrainingExample example) {}

    public ExamplePreview {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        first = List.copyOf(first);
        findings = List.copyOf(findings);
    }

    /// Reads the data set once.
    ///
    /// @param most how many examples to keep
    public static ExamplePreview of(Dataset data, ExampleOptions options, int most)
            throws ProblemException {
        var findings = new FindingList();
        var maker = ExampleMaker.of(data.labels(), options, findings);
        var counts = new LinkedHashMap<String, Long>();
        options.mix().parts().forEach(part -> counts.put(part.template().name(), 0L));
        var first = new ArrayList<Sample>();
        data.forEach(image -> {
            if (image.details().state() == ImageState.REJECTED) {
                return;
            }
            for (var example : maker.examples(image).examples()) {
                counts.merge(example.template(), 1L, Long::sum);
                if (first.size() < most) {
                    first.add(new Sample(image.image().file(), example));
                }
            }
        });
        return new ExamplePreview(counts, first, findings.kept());
    }

    /// How many examples there are in all.
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
