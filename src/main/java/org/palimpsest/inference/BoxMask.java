package org.palimpsest.inference;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.paligemma.prompt.Task;

/// The mask of an object of which there is a box: the model segments its label, and the answer that lies in the box is taken.
public final class BoxMask {
    /// The least overlap with the box, as intersection over union.
    private static final double LEAST_IOU = 0.3;

    private static final int TOKENS = 256;

    /// The part of the box's sides that is shown around it: the box is half as wide as what the model sees.
    private static final double MARGIN = 0.5;

    private BoxMask() {}

    /// What the model is shown to find the object.
    public enum Sight {
        /// The box and what is around it: better for small objects.
        AROUND_BOX,
        WHOLE_IMAGE
    }

    /// Asks for the mask.
    ///
    /// @param label one that can stand in a prompt
    public static InferenceRequest request(ImageEntry image, String label, Box box, Sight sight) {
        var request =
                new InferenceRequest(
                        image, new Task.Segment(List.of(label)), TOKENS, Priority.INTERACTIVE);
        return switch (sight) {
            case AROUND_BOX -> request.withScope(new Scope.Part(around(box)));
            case WHOLE_IMAGE -> request;
        };
    }

    private static Box around(Box box) {
        double x = MARGIN * box.width();
        double y = MARGIN * box.height();
        return new Box(box.xMin() - x, box.yMin() - y, box.xMax() + x, box.yMax() + y);
    }

    /// The object with a mask that fits the box best; empty where none does.
    public static Optional<ObjectAnnotation> best(List<Annotation> answer, Box box) {
        return answer.stream()
                .filter(ObjectAnnotation.class::isInstance)
                .map(ObjectAnnotation.class::cast)
                .filter(object -> object.region() instanceof Mask)
                .filter(object -> object.region().bounds().iou(box) >= LEAST_IOU)
                .max(Comparator.comparingDouble(object -> object.region().bounds().iou(box)));
    }
}
