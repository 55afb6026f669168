package org.palimpsest.format.coco;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.Finding;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;

/// Small data sets for tests of writers.
final class Scenes {
    static final Provenance DRAWN =
            new Provenance.Drawn("ada", Instant.parse("2026-05-04T12:00:00Z"));

    private Scenes() {}

    /// An image of this size that is really there.
    static AnnotatedImage image(
            Path folder,
            String name,
            Size size,
            Split split,
            List<? extends Annotation> annotations)
            throws Exception {
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        ImageFiles.writePng(
                new Picture(
                        size.width(), size.height(), new byte[3 * size.width() * size.height()]),
                file);
        var facts = new ImageFacts("", OptionalLong.empty(), 1, Optional.empty(), Files.size(file));
        return new AnnotatedImage(
                new ImageEntry(ImageId.random(), file, size, facts),
                ImageDetails.NEW.withSplit(split),
                List.copyOf(annotations));
    }

    static Dataset of(AnnotatedImage... images) {
        return Dataset.of(LabelSet.EMPTY, List.of(images));
    }

    static ObjectAnnotation object(String label, Region region) {
        return ObjectAnnotation.of(label, region, DRAWN);
    }

    static ObjectAnnotation scored(String label, Region region, double score) {
        return ObjectAnnotation.of(
                label, region, new Provenance.Imported("made", "up", OptionalDouble.of(score)));
    }

    static TextAnnotation text(String prompt, String text) {
        return TextAnnotation.of(prompt, text, DRAWN);
    }

    static List<Point> ring(double... values) {
        var points = new ArrayList<Point>();
        for (int i = 0; i < values.length; i += 2) {
            points.add(new Point(values[i], values[i + 1]));
        }
        return points;
    }

    static Polygon polygon(double... values) {
        return new Polygon(ring(values));
    }

    /// Exports, and gives what was noticed.
    static List<String> export(
            DatasetFormat format, Dataset data, Path target, Map<String, String> settings)
            throws Exception {
        return Exporter.export(
                        format,
                        data,
                        target,
                        ExportOptions.DEFAULT.withSettings(settings),
                        Progress.NONE)
                .report()
                .findings()
                .stream()
                .map(Finding::toString)
                .toList();
    }
}
