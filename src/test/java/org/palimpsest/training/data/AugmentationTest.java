package org.palimpsest.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.imaging.Picture;
import org.palimpsest.paligemma.prompt.DetectedObject;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.paligemma.prompt.OutputFormatter;
import org.palimpsest.paligemma.prompt.OutputParser;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.Task;

class AugmentationTest {
    private static final Path FILE = Path.of("image.png");
    private static final AugmentationOptions ALL = new AugmentationOptions(true, 0.4, 0.3);
    private static final int GREY = 0x808080;
    private static final List<Integer> COLORS = List.of(0xE02020, 0x20C020, 0x2020E0);

    /// Painted rectangles are found again by their colour; what is said of them has to agree with that.
    @Test
    void boxesFollowTheirPixels() {
        var random = new SplittableRandom(11);
        var augmentation = new Augmentation(new AugmentationOptions(true, 0.5, 0));
        int dropped = 0;
        int moved = 0;
        for (int round = 0; round < 400; round++) {
            int width = random.nextInt(60, 200);
            int height = random.nextInt(60, 200);
            var scene = Scene.paint(width, height, random);
            var result = augmentation.apply(scene.picture(), scene.example(), round);
            var objects = objects(result.example());
            dropped += COLORS.size() - objects.size();
            moved += objects.equals(scene.objects()) ? 0 : 1;
            assertThat(objects).isNotEmpty();
            for (DetectedObject object : objects) {
                NormalizedBox painted =
                        boxOfColor(result.picture(), COLORS.get(index(object.name())));
                // One bin of rounding before, one after, enlarged by the crop.
                assertThat(distance(object.box(), painted)).isLessThanOrEqualTo(2);
            }
            var named = objects.stream().map(DetectedObject::name).toList();
            for (int i = 0; i < COLORS.size(); i++) {
                if (!named.contains("c" + i)) {
                    // Pixels and bins round differently near the limit.
                    assertThat(visibleShare(scene, i, result.picture())).isLessThan(0.36);
                }
            }
        }
        assertThat(dropped).isGreaterThan(20);
        assertThat(moved).isGreaterThan(300);
    }

    @Test
    void noneChangesNothing() {
        var scene = Scene.paint(50, 40, new SplittableRandom(1));
        var result =
                new Augmentation(AugmentationOptions.NONE)
                        .apply(scene.picture(), scene.example(), 5);
        assertThat(result.picture()).isSameAs(scene.picture());
        assertThat(result.example()).isSameAs(scene.example());
    }

    @Test
    void theSameSeedGivesTheSamePicture() {
        var scene = Scene.paint(50, 40, new SplittableRandom(1));
        var augmentation = new Augmentation(ALL);
        var different = new HashSet<String>();
        for (long seed = 0; seed < 20; seed++) {
            var first = augmentation.apply(scene.picture(), scene.example(), seed);
            var second = augmentation.apply(scene.picture(), scene.example(), seed);
            assertThat(first.picture().rgb()).isEqualTo(second.picture().rgb());
            assertThat(first.example()).isEqualTo(second.example());
            different.add(first.example().suffix());
        }
        assertThat(different).hasSizeGreaterThan(15);
    }

    @Test
    void halfOfThePicturesAreMirrored() {
        var picture = new Picture(3, 1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        var example = detect("<loc0000><loc0000><loc1023><loc0341> cat");
        var augmentation = new Augmentation(new AugmentationOptions(true, 0, 0));
        var mirrored =
                LongStream.range(0, 1000)
                        .mapToObj(seed -> augmentation.apply(picture, example, seed))
                        .filter(result -> !result.example().equals(example))
                        .toList();
        assertThat(mirrored.size()).isBetween(440, 560);
        assertThat(mirrored)
                .allSatisfy(result -> {
                    assertThat(result.picture().rgb()).containsExactly(7, 8, 9, 4, 5, 6, 1, 2, 3);
                    assertThat(result.example().suffix())
                            .isEqualTo("<loc0000><loc0682><loc1023><loc1023> cat");
                });
    }

    @Test
    void objectsStayInTheOrderOfTheirPosition() {
        var example =
                detect(
                        "<loc0100><loc0100><loc0200><loc0200> a ;"
                                + " <loc0100><loc0700><loc0200><loc0800> b");
        assertThat(flipped(example))
                .isEqualTo(
                        "<loc0100><loc0223><loc0200><loc0323> b ;"
                                + " <loc0100><loc0823><loc0200><loc0923> a");
    }

    @Test
    void objectsInNoOrderStayAsTheyAre() {
        var example =
                detect(
                        "<loc0300><loc0100><loc0400><loc0200> a ;"
                                + " <loc0100><loc0700><loc0200><loc0900> b");
        assertThat(flipped(example))
                .isEqualTo(
                        "<loc0300><loc0823><loc0400><loc0923> a ;"
                                + " <loc0100><loc0123><loc0200><loc0323> b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "detect left hand|<loc0000><loc0000><loc0500><loc0341> left hand",
                "detect Hund rechts|<loc0000><loc0000><loc0500><loc0341> Hund rechts",
                "detect 左の犬|<loc0000><loc0000><loc0500><loc0341> 左の犬",
                "caption en|a cat",
                "ocr|<loc0000><loc0000><loc0500><loc0341> EXIT",
                "detect cat|nothing here",
                "detect cat|<loc0000><loc0000><loc0500><loc0341>",
                "detect cat|<loc0000><loc0000><loc0500> cat",
                "segment cat|<loc0000><loc0000><loc0500><loc0341><seg000><seg000><seg000><seg000>"
                        + "<seg000><seg000><seg000><seg000><seg000><seg000><seg000><seg000><seg000>"
                        + "<seg000><seg000><seg000> cat"
            })
    void whatWouldNotStayTrueIsNeitherMirroredNorCropped(String texts) {
        String[] parts = texts.split("\\|");
        var example = new Example(FILE, parts[0], parts[1]);
        var picture = Scene.paint(40, 30, new SplittableRandom(2)).picture();
        var augmentation = new Augmentation(new AugmentationOptions(true, 0.5, 0));
        for (int seed = 0; seed < 20; seed++) {
            var result = augmentation.apply(picture, example, seed);
            assertThat(result.picture()).isSameAs(picture);
            assertThat(result.example()).isEqualTo(example);
        }
    }

    @Test
    void anAnswerWithoutObjectsStaysEmptyWhateverIsCropped() {
        var example = new Example(FILE, "detect cat", "");
        var picture = Scene.paint(40, 30, new SplittableRandom(2)).picture();
        var augmentation = new Augmentation(new AugmentationOptions(false, 0.5, 0));
        var sizes = new HashSet<String>();
        for (int seed = 0; seed < 20; seed++) {
            var result = augmentation.apply(picture, example, seed);
            assertThat(result.example()).isEqualTo(example);
            assertThat(result.picture().width()).isBetween(20, 40);
            assertThat(result.picture().height()).isBetween(15, 30);
            sizes.add(result.picture().size().toString());
        }
        assertThat(sizes).hasSizeGreaterThan(10);
    }

    @Test
    void coloursChangeButKeepTheirNames() {
        var augmentation = new Augmentation(new AugmentationOptions(false, 0, 0.3));
        var example = new Example(FILE, "caption en", "a red square left of a blue one");
        var picture = Scene.paint(40, 30, new SplittableRandom(2)).picture();
        for (int seed = 0; seed < 50; seed++) {
            var result = augmentation.apply(picture, example, seed);
            assertThat(result.example()).isEqualTo(example);
            assertThat(result.picture().rgb()).isNotEqualTo(picture.rgb());
            for (int y = 0; y < 30; y++) {
                for (int x = 0; x < 40; x++) {
                    int before = picture.rgb(x, y);
                    assertThat(strongest(result.picture().rgb(x, y))).isEqualTo(strongest(before));
                }
            }
        }
    }

    @Test
    void factorsOfOneKeepEveryPixel() {
        var picture = Scene.paint(40, 30, new SplittableRandom(2)).picture();
        assertThat(PictureChanges.recolored(picture, 1, 1, 1).rgb()).isEqualTo(picture.rgb());
        assertThat(PictureChanges.recolored(picture, 1, 1, 0).rgb(0, 0)).isEqualTo(GREY);
        assertThat(PictureChanges.recolored(picture, 0.5f, 1, 1).rgb(0, 0)).isEqualTo(0x404040);
    }

    private static String flipped(Example example) {
        var picture = new Picture(1, 1, new byte[3]);
        var augmentation = new Augmentation(new AugmentationOptions(true, 0, 0));
        return LongStream.range(0, 100)
                .mapToObj(seed -> augmentation.apply(picture, example, seed).example().suffix())
                .filter(suffix -> !suffix.equals(example.suffix()))
                .findFirst()
                .orElseThrow();
    }

    /// 'r', 'g', 'b', or ' ' for grey.
    private static char strongest(int rgb) {
        int red = rgb >> 16;
        int green = rgb >> 8 & 0xFF;
        int blue = rgb & 0xFF;
        if (red == green && green == blue) {
            return ' ';
        }
        return red > green && red > blue ? 'r' : green > blue ? 'g' : 'b';
    }

    private static Example detect(String answer) {
        return new Example(FILE, "detect a ; b ; cat", answer);
    }

    private static List<DetectedObject> objects(Example example) {
        var output = OutputParser.parse(Task.parse(example.prefix()), example.suffix());
        return ((ParsedOutput.DetectedObjects) output).objects();
    }

    private static int index(String name) {
        return Integer.parseInt(name.substring(1));
    }

    private static NormalizedBox boxOfColor(Picture picture, int color) {
        int xMin = Integer.MAX_VALUE;
        int yMin = Integer.MAX_VALUE;
        int xMax = 0;
        int yMax = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                if (picture.rgb(x, y) == color) {
                    xMin = Math.min(xMin, x);
                    yMin = Math.min(yMin, y);
                    xMax = Math.max(xMax, x + 1);
                    yMax = Math.max(yMax, y + 1);
                }
            }
        }
        double width = picture.width();
        double height = picture.height();
        return NormalizedBox.ofFractions(yMin / height, xMin / width, yMax / height, xMax / width);
    }

    private static int distance(NormalizedBox a, NormalizedBox b) {
        return Math.max(
                Math.max(Math.abs(a.yMin() - b.yMin()), Math.abs(a.xMin() - b.xMin())),
                Math.max(Math.abs(a.yMax() - b.yMax()), Math.abs(a.xMax() - b.xMax())));
    }

    private static double visibleShare(Scene scene, int color, Picture picture) {
        return count(picture, COLORS.get(color))
                / (double) count(scene.picture(), COLORS.get(color));
    }

    private static int count(Picture picture, int color) {
        int count = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                count += picture.rgb(x, y) == color ? 1 : 0;
            }
        }
        return count;
    }

    /// One rectangle of each colour, none above another.
    private record Scene(Picture picture, Example example, List<DetectedObject> objects) {
        static Scene paint(int width, int height, SplittableRandom random) {
            var rgb = new byte[width * height * 3];
            for (int i = 0; i < width * height; i++) {
                put(rgb, i, GREY);
            }
            var objects = new ArrayList<DetectedObject>();
            for (int i = 0; i < COLORS.size(); i++) {
                int left = 2 + i * width / 3;
                int right = left + random.nextInt(4, width / 3 - 2);
                int top = random.nextInt(1, height / 2);
                int bottom = top + random.nextInt(4, height / 2);
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        put(rgb, y * width + x, COLORS.get(i));
                    }
                }
                double across = width;
                double down = height;
                objects.add(
                        new DetectedObject(
                                "c" + i,
                                NormalizedBox.ofFractions(
                                        top / down, left / across, bottom / down, right / across)));
            }
            objects.sort(
                    Comparator.<DetectedObject>comparingInt(one -> one.box().yMin())
                            .thenComparingInt(one -> one.box().xMin()));
            var example =
                    new Example(FILE, "detect c0 ; c1 ; c2", OutputFormatter.detections(objects));
            return new Scene(new Picture(width, height, rgb), example, objects);
        }

        private static void put(byte[] rgb, int pixel, int color) {
            rgb[3 * pixel] = (byte) (color >> 16);
            rgb[3 * pixel + 1] = (byte) (color >> 8);
            rgb[3 * pixel + 2] = (byte) color;
        }
    }
}
