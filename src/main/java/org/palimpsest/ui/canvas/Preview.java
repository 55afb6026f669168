package org.palimpsest.ui.canvas;

import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.geometry.Box;

/// What a gesture that is under way shows on top of the image.
///
/// @param moved objects that are shown elsewhere than they are
/// @param drawn a new box
/// @param frame a frame around what shall be selected
record Preview(Map<AnnotationId, Box> moved, Optional<Box> drawn, Optional<Box> frame) {
    static final Preview NONE = new Preview(Map.of(), Optional.empty(), Optional.empty());

    static Preview ofMoved(Map<AnnotationId, Box> moved) {
        return new Preview(moved, Optional.empty(), Optional.empty());
    }

    static Preview ofDrawn(Box box) {
        return new Preview(Map.of(), Optional.of(box), Optional.empty());
    }

    static Preview ofFrame(Box frame) {
        return new Preview(Map.of(), Optional.empty(), Optional.of(frame));
    }
}
