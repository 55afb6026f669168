package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;

/// Finds objects that are there twice: of the same label and covering each other by more than a share.
public final class Duplicates {
    private Duplicates() {}

    /// Two objects that are one; `kept` is what a person made, else what the model was surer of, else the lower one.
    public record Pair(ObjectAnnotation kept, ObjectAnnotation extra, double iou) {}

    /// Every object that is there already, once, with what it doubles. Rejected objects do not count.
    ///
    /// @param iou from which intersection over union on two objects are one
    public static List<Pair> find(ToolScene scene, double iou) {
        var pairs = new ArrayList<Pair>();
        var extras = new HashSet<AnnotationId>();
        var ranked =
                scene.image().objects().stream()
                        .filter(Duplicates::counts)
                        .sorted(
                                Comparator.<ObjectAnnotation, Boolean>comparing(
                                                object -> !object.provenance().isHuman())
                                        .thenComparingDouble(
                                                object -> -object.provenance().score().orElse(0)))
                        .toList();
        Set<AnnotationId> passed = new HashSet<>();
        for (var kept : ranked) {
            passed.add(kept.id());
            if (extras.contains(kept.id())) {
                continue;
            }
            for (var other : scene.objectsIn(kept.region().bounds())) {
                if (passed.contains(other.id())
                        || extras.contains(other.id())
                        || !counts(other)
                        || !other.label().equals(kept.label())) {
                    continue;
                }
                double share = share(kept, other, iou, scene);
                if (share >= iou) {
                    pairs.add(new Pair(kept, other, share));
                    extras.add(other.id());
                }
            }
        }
        return pairs;
    }

    private static boolean counts(ObjectAnnotation object) {
        return object.review() != ReviewState.REJECTED;
    }

    /// Regions are drawn only where their bounds leave it open.
    private static double share(
            ObjectAnnotation one, ObjectAnnotation other, double iou, ToolScene scene) {
        double common =
                one.region()
                        .bounds()
                        .intersection(other.region().bounds())
                        .map(box -> box.area())
                        .orElse(0.0);
        double least = Math.max(one.region().area(), other.region().area());
        return common < iou * least ? 0 : one.region().iou(other.region(), scene.size());
    }
}
