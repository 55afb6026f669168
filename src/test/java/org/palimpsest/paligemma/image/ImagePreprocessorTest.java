package org.palimpsest.paligemma.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.checkpoint.NpyFile;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.imaging.ResizeFilter;
import org.palimpsest.imaging.Resizer;
import org.palimpsest.paligemma.config.ImageConversion.KerasBilinear;
import org.palimpsest.paligemma.config.ImageConversion.PillowBicubic;

class ImagePreprocessorTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    @ParameterizedTest
    @CsvSource({
        "tiny-paligemma1-golden, small_97x61",
        "tiny-paligemma1-golden, large_640x427",
        "tiny-paligemma2-golden, small_97x61",
        "tiny-paligemma2-golden, large_640x427"
    })
    void theResizeIsThatOfPillowByteForByteAndThePixelValuesFollow(String golden, String image)
            throws Exception {
        var picture = ImageFiles.read(REFERENCE.resolve("images/" + image + ".png"));
        Path folder = REFERENCE.resolve(golden);
        try (var arena = Arena.ofConfined()) {
            var resized = NpyFile.read(folder.resolve(image + "__resized_rgb_uint8.npy"), arena);
            assertArrayEquals(
                    resized.memory().toArray(ValueLayout.JAVA_BYTE),
                    Resizer.resize(picture, new Size(56, 56), ResizeFilter.BICUBIC).rgb());
            var values = NpyFile.read(folder.resolve(image + "__pixel_values.npy"), arena);
            assertClose(
                    values.toFloats(),
                    ImagePreprocessor.of(PillowBicubic.standard(56)).toPixelValues(picture),
                    1e-6f);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pali_gemma1-golden, caseA, small_97x61",
        "pali_gemma1-golden, caseB, large_640x427",
        "pali_gemma2-golden, caseA, small_97x61",
        "pali_gemma2-golden, caseB, large_640x427"
    })
    void theKerasConversionGivesThePixelsOfKerasHub(String golden, String name, String image)
            throws Exception {
        var picture = ImageFiles.read(REFERENCE.resolve("images/" + image + ".png"));
        Path file = REFERENCE.resolve("keras-preset/" + golden + "/" + name + "__pixels.npy");
        try (var arena = Arena.ofConfined()) {
            var expected = NpyFile.read(file, arena);
            int side = (int) expected.shape().size(0);
            var actual = ImagePreprocessor.of(keras(side, true)).toPixelValues(picture);
            assertClose(expected.toFloats(), interleaved(actual, side * side), 1e-5f);
        }
    }

    @Test
    void theKerasConversionSeesOnlyTheMiddle() {
        var cropping = ImagePreprocessor.of(keras(56, true));
        assertEquals(new Box(18, 0, 79, 61), cropping.sourceArea(new Size(97, 61)));
        assertEquals(new Box(106, 0, 533, 427), cropping.sourceArea(new Size(640, 427)));
        assertEquals(new Box(0, 1, 3, 4), cropping.sourceArea(new Size(3, 5)));
        assertEquals(
                new Box(0, 0, 97, 61),
                ImagePreprocessor.of(keras(56, false)).sourceArea(new Size(97, 61)));
        assertEquals(
                new Box(0, 0, 97, 61),
                ImagePreprocessor.of(PillowBicubic.standard(56)).sourceArea(new Size(97, 61)));
    }

    @Test
    void channelsAreSeparatePlanesWithTheirOwnMeanAndDeviation() {
        var conversion =
                new PillowBicubic(1, 1, 0.5, List.of(1.0, 2.0, 3.0), List.of(1.0, 2.0, 4.0));
        var picture = new Picture(1, 1, new byte[] {10, 20, (byte) 200});
        assertArrayEquals(
                new float[] {4f, 4f, 24.25f},
                ImagePreprocessor.of(conversion).toPixelValues(picture));
    }

    private static KerasBilinear keras(int side, boolean crops) {
        double scale = 1 / 127.5;
        return new KerasBilinear(
                side, side, crops, List.of(scale, scale, scale), List.of(-1.0, -1.0, -1.0));
    }

    private static float[] interleaved(float[] planes, int pixels) {
        var values = new float[planes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = planes[i % 3 * pixels + i / 3];
        }
        return values;
    }

    private static void assertClose(float[] expected, float[] actual, float bound) {
        assertEquals(expected.length, actual.length);
        float largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i] - actual[i]));
        }
        assertThat(largest).isLessThanOrEqualTo(bound);
    }
}
