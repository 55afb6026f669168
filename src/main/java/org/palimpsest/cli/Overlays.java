package org.palimpsest.cli;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.imaging.OverlayColors;
import org.palimpsest.imaging.OverlayPainter;
import org.palimpsest.imaging.OverlayShape;
import org.palimpsest.imaging.Picture;
import org.palimpsest.paligemma.FoundObject;

/// Paints found objects over their image, each label in a colour of its own.
final class Overlays {
    private Overlays() {}

    static Picture paint(Picture picture, List<FoundObject> objects) {
        var colors = new OverlayColors();
        var shapes = new ArrayList<OverlayShape>();
        for (FoundObject object : objects) {
            shapes.add(
                    new OverlayShape(
                            object.label(),
                            colors.of(object.label()),
                            object.box(),
                            object.mask().orElse(null)));
        }
        return OverlayPainter.paint(picture, shapes);
    }
}
