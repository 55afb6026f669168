package org.palimpsest.batch;

import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;

/// Which images a run over many leaves alone.
final class HumanWork {
    private HumanWork() {}

    /// Whether a person worked on the image.
    static boolean isIn(AnnotatedImage image) {
        boolean begun =
                switch (image.details().state()) {
                    case NEW, PREDICTED -> false;
                    case IN_PROGRESS, DONE, EMPTY, REJECTED -> true;
                };
        return begun
                || image.annotations().stream()
                        .anyMatch(annotation ->
                                annotation.provenance().isHuman()
                                        || annotation.review() != ReviewState.UNREVIEWED);
    }

    /// Whether the image has an answer to the prompt.
    static boolean hasAnswer(AnnotatedImage image, String prompt) {
        return image.annotations().stream().anyMatch(annotation -> answers(annotation, prompt));
    }

    private static boolean answers(Annotation annotation, String prompt) {
        return annotation.provenance() instanceof Provenance.Predicted predicted
                && predicted.prompt().equals(prompt);
    }
}
