package org.palimpsest.app.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// An image with many shapes, the same every time.
final class BenchScene {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int LABELS = 7;

    private BenchScene() {}

    /// Boxes of all places, the smaller the more there are.
    static AnnotatedImage boxes(Path file, Size size, int count) {
        var random = new SplittableRandom(count);
        double side = Math.sqrt(size.pixelCount() / (double) count);
        return image(
                file,
                size,
                count,
                () -> {
                    double width = side * random.nextDouble(0.3, 1.2);
                    double height = side * random.nextDouble(0.3, 1.2);
                    double x = random.nextDouble(Math.max(1, size.width() - width));
                    double y = random.nextDouble(Math.max(1, size.height() - height));
                    return new Box(x, y, x + width, y + height);
                });
    }

    static AnnotatedImage polygons(Path file, Size size, int count, int points) {
        var random = new SplittableRandom(count);
        double radius = Math.sqrt(size.pixelCount() / (double) count) * 0.6;
        return image(
                file,
                size,
                count,
                () -> {
                    double x = random.nextDouble(size.width());
                    double y = random.nextDouble(size.height());
                    var ring = new ArrayList<Point>();
                    for (int i = 0; i < points; i++) {
                        double angle = 2 * Math.PI * i / points;
                        double reach = radius * random.nextDouble(0.7, 1);
                        ring.add(
                                new Point(
                                        x + reach * Math.cos(angle), y + reach * Math.sin(angle)));
                    }
                    return new Polygon(ring);
                });
    }

    private static AnnotatedImage image(Path file, Size size, int count, Supplier<Region> regions) {
        List<Annotation> annotations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            annotations.add(
                    ObjectAnnotation.of(
                            "label " + i % LABELS,
                            regions.get(),
                            i % 3 == 0
                                    ? new Provenance.Predicted("bench", "detect all", 0.5, THEN)
                                    : new Provenance.Drawn("bench", THEN)));
        }
        return new AnnotatedImage(new ImageEntry(ImageId.random(), file, size), annotations);
    }
}
