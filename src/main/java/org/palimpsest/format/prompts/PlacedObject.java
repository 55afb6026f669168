package org.palimpsest.format.prompts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.format.FindingList;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.paligemma.prompt.NormalizedBox;

/// An object with its box inside of the image.
///
/// @param box in pixels, cut at the edge of the image
/// @param bins the box as location bins
record PlacedObject(ObjectAnnotation object, Box box, NormalizedBox bins) {
    /// Cutting off less is no loss that anybody could see: polygons of other tools often end a little outside.
    private static final double WORTH_SAYING = 0.5;

    String label() {
        return object.label();
    }

    boolean hasOutline() {
        return !(object.region() instanceof Box);
    }

    /// The objects that the image shows, in drawing order; those outside of it become findings.
    static List<PlacedObject> of(AnnotatedImage image, FindingList findings) {
        Size size = image.image().size();
        String place = image.image().file().toString();
        var placed = new ArrayList<PlacedObject>();
        for (var object : image.objects()) {
            if (object.review() == ReviewState.REJECTED) {
                continue;
            }
            Box whole = object.region().bounds();
            Box box = whole.clampTo(size);
            if (box.isEmpty()) {
                findings.error(
                        place, "a " + object.label() + " covers nothing of the image: " + box);
                continue;
            }
            if (whole.width() - box.width() > WORTH_SAYING
                    || whole.height() - box.height() > WORTH_SAYING) {
                findings.warning(
                        place, "a " + object.label() + " was cut at the edge of the image");
            }
            placed.add(new PlacedObject(object, box, bins(box, size)));
        }
        return placed;
    }

    private static NormalizedBox bins(Box box, Size size) {
        return NormalizedBox.ofFractions(
                box.yMin() / size.height(),
                box.xMin() / size.width(),
                box.yMax() / size.height(),
                box.xMax() / size.width());
    }

    static List<PlacedObject> ordered(
            List<PlacedObject> objects, ObjectOrder order, RandomGenerator random) {
        var ordered = new ArrayList<>(objects);
        switch (order) {
            case DRAWN -> {}
            case POSITION ->
                    ordered.sort(
                            Comparator.<PlacedObject>comparingInt(one -> one.bins().yMin())
                                    .thenComparingInt(one -> one.bins().xMin()));
            case AREA ->
                    ordered.sort(
                            Comparator.<PlacedObject>comparingDouble(
                                            one -> one.object().region().area())
                                    .reversed());
            case SHUFFLED -> Collections.shuffle(ordered, random);
        }
        return ordered;
    }
}
