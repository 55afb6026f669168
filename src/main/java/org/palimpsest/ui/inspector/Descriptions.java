package org.palimpsest.ui.inspector;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.OptionalDouble;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Original;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.ui.support.Numbers;
import org.palimpsest.ui.support.Texts;

/// Annotations in words.
final class Descriptions {
    private Descriptions() {}

    /// What kind of region it is, and how many pixels it covers.
    static String size(Region region) {
        long area = Math.round(region.area());
        return switch (region) {
            case Box _ -> Texts.get("inspector.region.box", area);
            case Mask _ -> Texts.get("inspector.region.mask", area);
            case Polygon polygon ->
                    polygon.holes().isEmpty()
                            ? Texts.get("inspector.region.polygon", area)
                            : Texts.get("inspector.region.holes", area, polygon.holes().size());
            case MultiPolygon parts ->
                    Texts.get("inspector.region.parts", area, parts.polygons().size());
        };
    }

    /// Where a region begins and how far it goes: `x 12  y 30 · 96 × 64 px`.
    static String place(Region region) {
        var bounds = region.bounds();
        return String.format(
                Texts.locale(),
                "x %.0f  y %.0f · %.0f × %.0f px",
                bounds.xMin(),
                bounds.yMin(),
                bounds.width(),
                bounds.height());
    }

    /// Where an annotation came from.
    static String origin(Provenance provenance, ZoneId zone) {
        return switch (provenance) {
            case Provenance.Drawn(var by, var at) ->
                    Texts.get("inspector.origin.drawn", by, time(at, zone));
            case Provenance.Predicted(
                            var model,
                            var prompt,
                            OptionalDouble score,
                            var at,
                            _,
                            var settings) ->
                    Texts.get("inspector.origin.predicted", model, prompt, time(at, zone))
                            + score(score)
                            + (settings.isEmpty() ? "" : " · " + settings);
            case Provenance.Imported(var format, var file, var score) ->
                    Texts.get("inspector.origin.imported", file, format) + score(score);
            case Provenance.Corrected(var from, _, var by, var at) ->
                    Texts.get("inspector.origin.corrected", by, time(at, zone))
                            + "\n"
                            + origin(from, zone);
        };
    }

    private static String score(OptionalDouble score) {
        return score.isPresent()
                ? " · " + Texts.get("inspector.origin.score", percent(score.getAsDouble()))
                : "";
    }

    /// `0.90`
    static String percent(double score) {
        return Numbers.fixed(score, 2);
    }

    private static String time(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(Texts.locale())
                .format(at.atZone(zone));
    }

    /// What a corrected annotation was at first; empty for any other.
    static String original(Annotation annotation) {
        if (!(annotation.provenance() instanceof Provenance.Corrected(_, var original, _, _))) {
            return "";
        }
        return switch (original) {
            case Original.OfObject(var label, var region) ->
                    Texts.get("inspector.original.object", label, place(region));
            case Original.OfText(var text) -> Texts.get("inspector.original.text", text);
        };
    }
}
