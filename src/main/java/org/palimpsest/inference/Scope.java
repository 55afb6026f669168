package org.palimpsest.inference;

import java.util.Locale;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.inference.tile.TileOptions;

/// What of an image the model is shown.
public sealed interface Scope {
    Scope WHOLE = new Whole();

    /// All of it, made as small as the model sees.
    record Whole() implements Scope {}

    /// A part, which the model sees larger. What it finds is moved back to its place in the image.
    ///
    /// @param region in pixels of the image
    record Part(Box region) implements Scope {

        /// The whole pixels that the region touches, inside of the image; at least one.
        public Box pixels(Size image) {
            var inside = region.clampTo(image);
            double left = Math.min(Math.floor(inside.xMin()), image.width() - 1);
            double top = Math.min(Math.floor(inside.yMin()), image.height() - 1);
            return new Box(
                    left,
                    top,
                    Math.max(Math.ceil(inside.xMax()), left + 1),
                    Math.max(Math.ceil(inside.yMax()), top + 1));
        }
    }

    /// Many overlapping parts one after another, whose answers are put together: for small objects in large images.
    record Sliced(TileOptions options) implements Scope {}

    /// What provenance says of it: `region=10,20,30,40`; empty for the whole image.
    default String settings() {
        return switch (this) {
            case Whole() -> "";
            case Part(var box) ->
                    String.format(
                            Locale.ROOT,
                            "region=%.0f,%.0f,%.0f,%.0f",
                            box.xMin(),
                            box.yMin(),
                            box.xMax(),
                            box.yMax());
            case Sliced(var options) -> options.settings();
        };
    }
}
