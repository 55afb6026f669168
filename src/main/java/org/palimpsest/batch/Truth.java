package org.palimpsest.batch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.geometry.Box;
import org.palimpsest.problem.ProblemException;

/// What is known to be true in a data set: what people drew, corrected or accepted, and what was imported.
///
/// @param labels those of true objects, in the data set's order
/// @param outlines whether some object has more than a box
public record Truth(List<String> labels, boolean outlines) {

    /// Reads the data set once.
    public static Truth of(Dataset data) throws ProblemException {
        Set<String> seen = new LinkedHashSet<>();
        boolean[] outlines = {false};
        data.forEach(image -> {
            for (var object : of(image).objects()) {
                seen.add(object.label());
                outlines[0] |= !(object.region() instanceof Box);
            }
        });
        var ordered = new ArrayList<>(data.labels().names());
        ordered.retainAll(seen);
        seen.stream().filter(label -> !ordered.contains(label)).forEach(ordered::add);
        return new Truth(ordered, outlines[0]);
    }

    /// The image with what is true of it.
    public static AnnotatedImage of(AnnotatedImage image) {
        return image.withAnnotations(image.annotations().stream().filter(Truth::isTrue).toList());
    }

    private static boolean isTrue(Annotation annotation) {
        return annotation.review() != ReviewState.REJECTED
                && (annotation.review() == ReviewState.ACCEPTED
                        || annotation.provenance().isHuman()
                        || annotation.provenance() instanceof Provenance.Imported);
    }

    /// Whether somebody has said what is true of the image, be it that there is nothing.
    ///
    /// @param truth the image with what is true of it
    public static boolean isKnown(AnnotatedImage truth) {
        return switch (truth.details().state()) {
            case DONE, EMPTY -> true;
            case NEW, PREDICTED, IN_PROGRESS -> !truth.annotations().isEmpty();
            case REJECTED -> false;
        };
    }
}
