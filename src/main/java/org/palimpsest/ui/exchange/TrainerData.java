package org.palimpsest.ui.exchange;

import java.util.HashSet;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.jsonl.PaliGemmaFormat;
import org.palimpsest.problem.ProblemException;

/// The data of an export to a trainer of PaliGemma, whose prompts ask for the labels: a label that no object has and that
/// nobody looked for would only be asked in vain. Class lists of other formats keep every label, so that their numbers
/// stay the same.
final class TrainerData {
    private TrainerData() {}

    /// Reads the data once where the format asks for labels.
    static Dataset of(DatasetFormat format, Dataset data) throws ProblemException {
        if (!(format instanceof PaliGemmaFormat)) {
            return data;
        }
        var asked = new HashSet<String>();
        data.forEach(image -> {
            asked.addAll(image.details().labelChecks().keySet());
            for (ObjectAnnotation object : image.objects()) {
                if (object.review() != ReviewState.REJECTED) {
                    asked.add(object.label());
                }
            }
        });
        var labels =
                new LabelSet(
                        data.labels().labels().stream()
                                .filter(label -> asked.contains(label.name()))
                                .toList());
        return new WithLabels(data, labels);
    }

    private record WithLabels(Dataset data, LabelSet labels) implements Dataset {
        @Override
        public long imageCount() {
            return data.imageCount();
        }

        @Override
        public void forEach(ImageVisitor visitor) throws ProblemException {
            data.forEach(visitor);
        }
    }
}
