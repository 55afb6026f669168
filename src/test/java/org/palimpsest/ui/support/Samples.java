package org.palimpsest.ui.support;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.problem.ProblemException;

/// Small images and annotations for tests of the interface.
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    public static final Size SIZE = new Size(200, 100);

    private Samples() {}

    public static Workspace workspace() {
        return new Workspace(InstantSource.fixed(NOW), "ada");
    }

    /// Writes grey pictures of 200 × 100 pixels, `a.png`, `b.png` and so on.
    public static List<ImageEntry> images(Path folder, int count) throws ProblemException {
        for (int i = 0; i < count; i++) {
            var pixels = new byte[SIZE.width() * SIZE.height() * 3];
            java.util.Arrays.fill(pixels, (byte) (40 * i));
            ImageFiles.writePng(
                    new Picture(SIZE.width(), SIZE.height(), pixels),
                    folder.resolve((char) ('a' + i) + ".png"));
        }
        return IntStream.range(0, count)
                .mapToObj(i -> folder.resolve((char) ('a' + i) + ".png"))
                .map(file -> new ImageEntry(ImageId.random(), file, SIZE))
                .toList();
    }

    /// Images whose files do not exist.
    public static List<ImageEntry> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Path.of("/none/" + (char) ('a' + i) + ".png"))
                .map(file -> new ImageEntry(ImageId.random(), file, SIZE))
                .toList();
    }

    public static ObjectAnnotation drawn(String label, Region region) {
        return ObjectAnnotation.of(label, region, new Provenance.Drawn("ada", NOW));
    }

    public static ObjectAnnotation predicted(String label, Region region, String prompt) {
        return ObjectAnnotation.of(
                label, region, new Provenance.Predicted("toy", prompt, 0.9, NOW));
    }

    /// Adds a drawn box to the image on the screen.
    public static ObjectAnnotation addBox(Workspace workspace, String label, Box box) {
        var object = drawn(label, box);
        workspace.apply(AddAnnotations.onTopOf(workspace.current(), List.of(object)));
        return object;
    }
}
