package org.palimpsest.ui.canvas;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.geometry.Box;
import org.palimpsest.imaging.ShapeStyle;
import org.palimpsest.imaging.ShapeStyle.Stroke;

/// How objects look: by their label's colour, and by what a person has said about them.
///
/// What nobody has looked at is dashed and paler; what was rejected is dotted and faint, where it is drawn at all.
///
/// @param colors of labels, `0xRRGGBB`
/// @param leftOut objects that are not drawn here
/// @param marked objects that are drawn as selected
/// @param rejected whether rejected objects are drawn
/// @param unit pixels of the screen for each unit of length
record ShapeLooks(
        Map<String, Integer> colors,
        Set<AnnotationId> leftOut,
        Set<AnnotationId> marked,
        boolean rejected,
        double unit) {
    ShapeLooks {
        colors = Map.copyOf(colors);
        leftOut = Set.copyOf(leftOut);
        marked = Set.copyOf(marked);
    }

    /// Whether nobody has looked at what a model or another program said.
    static boolean isPrediction(ObjectAnnotation object) {
        return object.review() == ReviewState.UNREVIEWED && !object.provenance().isHuman();
    }

    /// A label's colour; always the same one where the label is not known yet.
    static int rgb(Map<String, Integer> colors, String label) {
        var known = colors.get(label);
        return known == null ? LabelSet.color(label.hashCode()) : known;
    }

    /// The style of an object; null if it is not drawn.
    @Nullable ShapeStyle style(ObjectAnnotation object) {
        if (leftOut.contains(object.id())) {
            return null;
        }
        int rgb = rgb(colors, object.label());
        double area = object.region() instanceof Box ? 0.10 : 0.30;
        if (marked.contains(object.id())) {
            return new ShapeStyle(rgb, Math.max(0.22, area), 1, 3 * unit, Stroke.SOLID);
        }
        if (object.review() == ReviewState.REJECTED) {
            return rejected ? new ShapeStyle(rgb, 0, 0.7, 1.5 * unit, Stroke.DOTTED) : null;
        }
        return isPrediction(object)
                ? new ShapeStyle(rgb, area * 0.45, 1, 2 * unit, Stroke.DASHED)
                : new ShapeStyle(rgb, area, 1, 2 * unit, Stroke.SOLID);
    }

    /// Whether everything that is drawn looks the same but for what is left out and what is marked.
    boolean differsOnlyInObjects(ShapeLooks other) {
        return colors.equals(other.colors) && rejected == other.rejected && unit == other.unit;
    }
}
