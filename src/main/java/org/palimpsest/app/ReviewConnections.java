package org.palimpsest.app;

import org.palimpsest.ui.canvas.CanvasDisplay;
import org.palimpsest.ui.inspector.InspectorViewModel;
import org.palimpsest.ui.review.ReviewViewModel;
import org.palimpsest.ui.support.PictureStore;

/// Joins the list of objects and the order of review to the canvas: the features do not know each other.
final class ReviewConnections {
    private ReviewConnections() {}

    static void connect(
            InspectorViewModel inspector,
            ReviewViewModel review,
            CanvasDisplay display,
            PictureStore pictures) {
        inspector.lockedProperty().bindBidirectional(display.lockedProperty());
        inspector.hiddenProperty().bindBidirectional(display.hiddenProperty());
        review.upcomingProperty()
                .addListener((_, _, next) -> {
                    // In the order of the list the canvas itself knows what comes next.
                    if (review.activeProperty().get()) {
                        pictures.prefetch(next);
                    }
                });
    }
}
