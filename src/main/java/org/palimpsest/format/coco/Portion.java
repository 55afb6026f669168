package org.palimpsest.format.coco;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.problem.ProblemException;

/// Hands annotations to the import, those of one image that follow each other together.
final class Portion {
    /// Masks of large images take megabytes each.
    private static final int MOST = 50;

    private final DatasetImport data;
    private final List<Annotation> held = new ArrayList<>();
    private @Nullable ImageId image;

    Portion(DatasetImport data) {
        this.data = data;
    }

    void add(ImageId of, Annotation annotation) throws ProblemException {
        if (!of.equals(image) || held.size() >= MOST) {
            flush();
            image = of;
        }
        held.add(annotation);
    }

    void flush() throws ProblemException {
        if (image != null) {
            data.annotations(image, held);
            held.clear();
        }
    }
}
