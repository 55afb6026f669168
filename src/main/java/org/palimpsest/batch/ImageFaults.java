package org.palimpsest.batch;

import java.util.List;
import org.palimpsest.evaluation.ObjectOutcome;

/// What one scorer saw wrong in an image.
record ImageFaults(List<ObjectOutcome> outcomes, int wrongTexts, int malformed) {
    static final ImageFaults NONE = new ImageFaults(List.of(), 0, 0);

    static ImageFaults ofTexts(int wrong) {
        return new ImageFaults(List.of(), wrong, 0);
    }
}
