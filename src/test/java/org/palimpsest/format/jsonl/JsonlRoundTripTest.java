package org.palimpsest.format.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Export, import, export again: the same bytes; and the import holds what was exported.
class JsonlRoundTripTest {
    private static final Provenance ADA =
            new Provenance.Drawn("Ada", Instant.parse("2026-11-02T08:00:00Z"));
    private static final List<String> LABELS = List.of("cat", "red car", "t-shirt", "猫");

    @TempDir Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var flavor = JsonlFlavor.values()[random.nextInt(JsonlFlavor.values().length)];
            Path home = Files.createDirectory(folder.resolve("run " + seed));
            var images = randomImages(random, home);
            var options = JsonlOptions.of(flavor, LABELS).withImageFolder(home).withEmptyImages();
            Path first = home.resolve("first.jsonl");
            PaliGemmaJsonlWriter.write(images, first, options);

            var imported = new SizedSink(file -> sizeIn(images, file));
            assertThat(imported.read(first, ImportOptions.DEFAULT).findings()).isEmpty();
            assertThat(imported.labels().names()).isEqualTo(LABELS);
            assertSameContent(images, imported.images(), flavor);

            Path second = home.resolve("second.jsonl");
            PaliGemmaJsonlWriter.write(imported.images(), second, options);
            assertThat(second).hasSameBinaryContentAs(first);
        }
    }

    /// With masks, an object of a `detect` and a `segment` line comes back as one annotation.
    @Test
    void masksComeBackOnce() throws Exception {
        var size = new Size(60, 40);
        Path file = Files.createFile(folder.resolve("a.png"));
        Region cat = Mask.fromRegion(new Box(3, 5, 20, 30), size);
        Region dog = Mask.of(60, 40, (x, y) -> x > 30 && (x + y) % 3 == 0);
        var image =
                new AnnotatedImage(
                        new ImageEntry(ImageId.random(), file, size),
                        List.of(
                                ObjectAnnotation.of("cat", cat, ADA),
                                ObjectAnnotation.of("dog", dog, ADA)));
        // Stands in for the neural codec: gives each mask a number and remembers it.
        var known = new HashMap<List<Integer>, Mask>();
        var options =
                JsonlOptions.of(JsonlFlavor.BIG_VISION, List.of())
                        .withMasks((mask, _) -> {
                            int[] codes =
                                    IntStream.range(known.size(), known.size() + 16).toArray();
                            known.put(IntStream.of(codes).boxed().toList(), mask);
                            return codes;
                        });
        Path out = folder.resolve("out.jsonl");
        PaliGemmaJsonlWriter.write(List.of(image), out, options);
        var imported = new SizedSink(_ -> size);
        imported.read(
                out,
                ImportOptions.DEFAULT.withMasks((codes, _, _) -> Map.copyOf(known).get(codes)));
        assertThat(imported.images()).hasSize(1);
        assertThat(imported.images().getFirst().objects())
                .extracting(ObjectAnnotation::region)
                .containsExactlyInAnyOrder(cat, dog);
        assertThat(imported.images().getFirst().objects())
                .extracting(ObjectAnnotation::provenance)
                .containsOnly(new Provenance.Imported("PaliGemma JSONL", "out.jsonl"));
    }

    @Test
    void theReferenceDataSetIsImported() throws Exception {
        Path data = Path.of("src/test/resources/reference/formats/big-vision-jsonl/data.jsonl");
        for (var name :
                List.of(
                        "scene_one.png",
                        "übung 猫 2.jpg",
                        "rotated.jpg",
                        "nothing.png",
                        "edge.png")) {
            Files.createFile(folder.resolve(name));
        }
        var imported = new SizedSink(_ -> new Size(64, 48));
        var report = imported.read(data, ImportOptions.DEFAULT.withImageFolder(folder));
        assertThat(report.findings()).isEmpty();
        assertThat(report.examples()).isEqualTo(17);
        assertThat(imported.labels().names()).containsExactly("cat", "dog", "red car", "t-shirt");
        var scene = imported.images().getFirst();
        assertThat(scene.objects())
                .extracting(ObjectAnnotation::label)
                .containsExactly("cat", "dog");
        assertThat(scene.objects().getFirst().region().iou(new Box(4, 5, 24, 26), new Size(64, 48)))
                .isGreaterThan(0.98);
        assertThat(scene.texts())
                .extracting(TextAnnotation::prompt)
                .contains("caption en", "answer en what animal is left?");
    }

    private static void assertSameContent(
            List<AnnotatedImage> written, List<AnnotatedImage> read, JsonlFlavor flavor) {
        assertThat(read).hasSameSizeAs(written);
        for (int i = 0; i < read.size(); i++) {
            var before = written.get(i);
            var after = read.get(i);
            assertThat(after.image().file()).isEqualTo(before.image().file());
            assertThat(after.objects()).hasSameSizeAs(before.objects());
            for (var object : before.objects()) {
                // Half a bin on each side, and a whole one where a thin box was widened.
                double dx = 1.01 * before.image().size().width() / 1023.0;
                double dy = 1.01 * before.image().size().height() / 1023.0;
                Box box = object.region().bounds();
                assertThat(after.objects())
                        .anyMatch(other ->
                                other.label().equals(object.label())
                                        && near(other.region().bounds(), box, dx, dy));
            }
            var texts = flavor == JsonlFlavor.ROBOFLOW ? List.<TextAnnotation>of() : before.texts();
            assertThat(after.texts())
                    .extracting(text -> text.prompt() + "|" + text.text())
                    .isEqualTo(
                            texts.stream().map(text -> text.prompt() + "|" + text.text()).toList());
        }
    }

    private static boolean near(Box a, Box b, double dx, double dy) {
        return Math.abs(a.xMin() - b.xMin()) <= dx
                && Math.abs(a.xMax() - b.xMax()) <= dx
                && Math.abs(a.yMin() - b.yMin()) <= dy
                && Math.abs(a.yMax() - b.yMax()) <= dy;
    }

    private static Size sizeIn(List<AnnotatedImage> images, Path file) {
        return images.stream()
                .filter(image -> image.image().file().equals(file))
                .findFirst()
                .orElseThrow()
                .image()
                .size();
    }

    private static List<AnnotatedImage> randomImages(Random random, Path home) throws Exception {
        var images = new ArrayList<AnnotatedImage>();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            Path file = home.resolve(i % 2 == 0 ? "a b/" + i + ".png" : "übung " + i + ".jpg");
            Files.createDirectories(file.getParent());
            Files.createFile(file);
            var size = new Size(1 + random.nextInt(5000), 1 + random.nextInt(5000));
            var annotations = new ArrayList<Annotation>();
            for (int k = random.nextInt(6); k > 0; k--) {
                annotations.add(
                        ObjectAnnotation.of(
                                LABELS.get(random.nextInt(LABELS.size())),
                                randomBox(random, size),
                                ADA));
            }
            for (int k = random.nextInt(3); k > 0; k--) {
                annotations.add(
                        TextAnnotation.of(
                                List.of("caption en", "ocr", "answer en how many?").get(k),
                                List.of("a cat", "line\nline", "<loc0001> \"x\" \\ 猫", "")
                                        .get(random.nextInt(4)),
                                ADA));
            }
            images.add(
                    new AnnotatedImage(new ImageEntry(ImageId.random(), file, size), annotations));
        }
        return images;
    }

    private static Box randomBox(Random random, Size size) {
        double left = random.nextDouble(size.width());
        double top = random.nextDouble(size.height());
        return new Box(
                left,
                top,
                Math.min(size.width(), left + 0.01 + random.nextDouble(size.width())),
                Math.min(size.height(), top + 0.01 + random.nextDouble(size.height())));
    }
}
