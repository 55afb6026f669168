package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.geometry.Size;

class ResizerTest {
    @ParameterizedTest
    @CsvSource({
        "BICUBIC, 56, 56",
        "BICUBIC, 11, 29",
        "BICUBIC, 37, 9",
        "BICUBIC, 1, 1",
        "BICUBIC, 90, 71",
        "BILINEAR, 20, 13",
        "BILINEAR, 74, 58",
        "BOX, 10, 7",
        "BOX, 80, 31"
    })
    void everyFilterGivesTheBytesOfPillow(ResizeFilter filter, int width, int height)
            throws Exception {
        var picture = ImageFiles.read(ImageFixtures.FOLDER.resolve("rgb8.png"));
        String name = "resize/%s-%dx%d.rgb".formatted(filter, width, height);
        assertArrayEquals(
                Files.readAllBytes(ImageFixtures.FOLDER.resolve(name)),
                Resizer.resize(picture, new Size(width, height), filter).rgb());
    }

    @ParameterizedTest
    @CsvSource({"64, 64", "9, 50", "37, 29", "120, 7"})
    void aPlaneOfFloatsIsResizedAsPillowDoesIt(int width, int height) throws Exception {
        var picture = ImageFiles.read(ImageFixtures.FOLDER.resolve("rgb8.png"));
        var plane = new float[picture.width() * picture.height()];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = ((picture.rgb()[3 * i] & 0xFF) - 100) / 37f;
        }
        String name = "resize/float-%dx%d.f32".formatted(width, height);
        var expected =
                ByteBuffer.wrap(Files.readAllBytes(ImageFixtures.FOLDER.resolve(name)))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        float[] actual =
                Resizer.resize(
                        plane, picture.size(), new Size(width, height), ResizeFilter.BILINEAR);
        assertEquals(expected.remaining(), actual.length);
        for (float value : actual) {
            assertThat(value).isEqualTo(expected.get());
        }
    }

    @Test
    void anEvenColourStaysAsItIs() {
        var bytes = new byte[3 * 50 * 40];
        Arrays.fill(bytes, (byte) 201);
        var small =
                Resizer.resize(new Picture(50, 40, bytes), new Size(7, 90), ResizeFilter.BICUBIC);
        for (byte value : small.rgb()) {
            assertEquals((byte) 201, value);
        }
    }

    @Test
    void noSizeIsRefused() {
        var picture = new Picture(1, 1, new byte[3]);
        assertThatThrownBy(() -> Resizer.resize(picture, new Size(0, 5), ResizeFilter.BOX))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
