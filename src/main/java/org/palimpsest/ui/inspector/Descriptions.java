package org.palimpsest.ui.inspector;

import java.util.Locale;
import java.util.OptionalDouble;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Polygon;

/// Annotations in words.
final class Descriptions {
    private Descriptions() {}

    /// Where an object is: `x 12  y 30 · 96 × 64 px`, with the covered pixels of a mask.
    static String place(ObjectAnnotation object) {
        var bounds = object.region().bounds();
        var place =
                String.format(
                        Locale.ROOT,
                        "x %.0f  y %.0f · %.0f × %.0f px",
                        bounds.xMin(),
                        bounds.yMin(),
                        bounds.width(),
                        bounds.height());
        return switch (object.region()) {
            case Box _ -> place;
            case Mask mask ->
                    place + String.format(Locale.ROOT, " · mask %,d px", mask.pixelCount());
            case Polygon _, MultiPolygon _ -> place + " · polygon";
        };
    }

    /// Where an annotation came from.
    static String origin(Provenance provenance) {
        return switch (provenance) {
            case Provenance.Drawn(var by, _) -> "Drawn by " + by;
            case Provenance.Predicted(var model, var prompt, OptionalDouble score, _, _, _) ->
                    "Proposed by "
                            + model
                            + " for “"
                            + prompt
                            + "”"
                            + (score.isPresent()
                                    ? String.format(
                                            Locale.ROOT, ", score %.2f", score.getAsDouble())
                                    : "");
            case Provenance.Imported(var format, var file, _) ->
                    "Imported from " + file + " (" + format + ")";
            case Provenance.Corrected(var from, _, var by, _) ->
                    "Corrected by " + by + ". " + origin(from);
        };
    }
}
