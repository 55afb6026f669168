package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Size;

class SampleImageTest {
    private static final Size SIZE = new Size(13, 7);

    @Test
    void greyValuesComeBack() throws Exception {
        var out = new ByteArrayOutputStream();
        SampleImage.writeGrey(SIZE, (x, y) -> 19 * x + y, out);
        var back = SampleImage.read(out.toByteArray(), SIZE);
        assertThat(back.size()).isEqualTo(SIZE);
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 13; x++) {
                assertThat(back.get(x, y)).isEqualTo(19 * x + y);
            }
        }
        assertThat(back.largest()).isEqualTo(19 * 12 + 6);
    }

    @Test
    void indicesComeBackAndNotTheirColours() throws Exception {
        for (int colors : new int[] {1, 2, 3, 16, 17, 256}) {
            int[] palette = new int[colors];
            Arrays.fill(palette, 0x123456);
            var out = new ByteArrayOutputStream();
            SampleImage.writeIndexed(SIZE, (x, y) -> (x * 7 + y) % colors, palette, out);
            var back = SampleImage.read(out.toByteArray(), SIZE);
            for (int y = 0; y < 7; y++) {
                for (int x = 0; x < 13; x++) {
                    assertThat(back.get(x, y)).isEqualTo((x * 7 + y) % colors);
                }
            }
        }
    }

    @Test
    void whatIsLargerThanAllowedIsRefusedByItsHeader() throws Exception {
        var out = new ByteArrayOutputStream();
        SampleImage.writeGrey(SIZE, (x, y) -> 0, out);
        assertThatThrownBy(() -> SampleImage.read(out.toByteArray(), new Size(12, 99)))
                .isInstanceOf(IOException.class)
                .hasMessage("it is 13x7, larger than 12x99");
    }

    @Test
    void damageIsAnIoException() throws Exception {
        var out = new ByteArrayOutputStream();
        SampleImage.writeGrey(SIZE, (x, y) -> x, out);
        var random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] png = out.toByteArray();
            png[random.nextInt(png.length)] = (byte) random.nextInt(256);
            byte[] cut = Arrays.copyOf(png, i % 3 == 0 ? random.nextInt(png.length) : png.length);
            try {
                assertThat(SampleImage.read(cut, SIZE).size().width()).isLessThanOrEqualTo(13);
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotNull();
            }
        }
    }
}
