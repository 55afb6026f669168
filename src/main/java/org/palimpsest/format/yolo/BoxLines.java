package org.palimpsest.format.yolo;

import java.util.List;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.shape.Decimals;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// `centre-x centre-y width height`.
final class BoxLines implements ObjectLines {
    /// Of the widest image that is read, one unit of the last place is far below a thousandth of a pixel.
    static final int PLACES = 9;

    @Override
    public List<String> of(Region region, Size image, String place, FindingList findings) {
        return Shapes.clip(region.bounds(), image, place, findings)
                .map(box ->
                        String.join(
                                " ",
                                Decimals.text(box.center().x() / image.width(), PLACES),
                                Decimals.text(box.center().y() / image.height(), PLACES),
                                Decimals.text(box.width() / image.width(), PLACES),
                                Decimals.text(box.height() / image.height(), PLACES)))
                .map(List::of)
                .orElse(List.of());
    }
}
