package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

class ImageFilesTest {
    @TempDir Path folder;

    static List<ImageFixtures.Fixture> fixtures() throws IOException {
        return ImageFixtures.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void everyFormatGivesThePixelsThatPillowGives(ImageFixtures.Fixture fixture) throws Exception {
        var picture = ImageFiles.read(fixture.file());
        assertEquals(new Size(fixture.width(), fixture.height()), picture.size());
        assertThat(ImageFixtures.largestDifference(fixture.rgb(), picture.rgb()))
                .isLessThanOrEqualTo(fixture.bound());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theSizeFromTheHeaderIsTheSizeOfThePicture(ImageFixtures.Fixture fixture) throws Exception {
        assertEquals(
                new Size(fixture.width(), fixture.height()), ImageFiles.readSize(fixture.file()));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aThumbnailFitsIntoItsSideAndKeepsTheMeanColour(ImageFixtures.Fixture fixture)
            throws Exception {
        var thumbnail = ImageFiles.thumbnail(fixture.file(), 9);
        assertEquals(9, Math.max(thumbnail.width(), thumbnail.height()));
        for (int channel = 0; channel < 3; channel++) {
            assertThat(mean(thumbnail.rgb(), channel))
                    .isBetween(
                            mean(fixture.rgb(), channel) - 16, mean(fixture.rgb(), channel) + 16);
        }
    }

    private static double mean(byte[] rgb, int channel) {
        double sum = 0;
        for (int i = channel; i < rgb.length; i += 3) {
            sum += rgb[i] & 0xFF;
        }
        return sum / (rgb.length / 3.0);
    }

    @Test
    void aSmallImageIsItsOwnThumbnail() throws Exception {
        var file = ImageFixtures.FOLDER.resolve("orientation6.jpg");
        assertArrayEquals(ImageFiles.read(file).rgb(), ImageFiles.thumbnail(file, 100).rgb());
    }

    @Test
    void aWrittenPngIsReadBackUnchanged() throws Exception {
        var picture = ImageFiles.read(ImageFixtures.FOLDER.resolve("rgb8.png"));
        Path file = folder.resolve("out.png");
        ImageFiles.writePng(picture, file);
        ImageFiles.writePng(picture, file);
        assertArrayEquals(picture.rgb(), ImageFiles.read(file).rgb());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theContentsTellTheFormatNotTheName() throws Exception {
        Path file = folder.resolve("photo.jpg");
        Files.copy(ImageFixtures.FOLDER.resolve("rgb8.png"), file);
        assertEquals(new Size(37, 29), ImageFiles.read(file).size());
    }

    @Test
    void aFolderListsItsImagesInCountingOrder() throws Exception {
        for (String name :
                List.of(
                        "img10.png",
                        "img2.PNG",
                        "Img1.jpg",
                        "notes.txt",
                        ".hidden.png",
                        "b.webp")) {
            Files.createFile(folder.resolve(name));
        }
        Files.createDirectory(folder.resolve("folder.png"));
        assertThat(ImageFiles.list(folder))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("b.webp", "Img1.jpg", "img2.PNG", "img10.png");
        assertThat(ImageFiles.isImage(folder.resolve("img10.png"))).isTrue();
        assertThat(ImageFiles.isImage(folder.resolve("folder.png"))).isFalse();
        assertThat(ImageFiles.isImage(folder.resolve("missing.png"))).isFalse();
    }

    @Test
    void anImageBeyondTheLimitIsRefusedByItsHeader() throws Exception {
        Path file = folder.resolve("bomb.png");
        Files.write(file, pngHeader(60_000, 60_000));
        assertThatThrownBy(() -> ImageFiles.read(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("too large")
                .hasMessageContaining("60000x60000")
                .hasMessageContaining("bomb.png");
        assertThatThrownBy(() ->
                        ImageFiles.read(
                                ImageFixtures.FOLDER.resolve("rgb8.png"),
                                new ImageLimits(1000, 1 << 20)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("37x29");
        assertThatThrownBy(() ->
                        ImageFiles.read(
                                ImageFixtures.FOLDER.resolve("rgb8.png"),
                                new ImageLimits(1_000_000, 100)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("file is too large");
    }

    private static byte[] pngHeader(int width, int height) {
        var header = ByteBuffer.allocate(17).put(new byte[] {'I', 'H', 'D', 'R'});
        header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        var crc = new CRC32();
        crc.update(header.array());
        return ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
                .putInt(13)
                .put(header.array())
                .putInt((int) crc.getValue())
                .array();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb8.png",
                "420.jpg",
                "progressive.jpg",
                "cmyk.jpg",
                "raw.tif",
                "tiff_lzw.tif",
                "rgb24.bmp",
                "lossless.webp",
                "lossy.webp",
                "plain.gif"
            })
    void aFileThatEndsTooEarlyIsRefused(String name) throws Exception {
        byte[] bytes = Files.readAllBytes(ImageFixtures.FOLDER.resolve(name));
        Path file = folder.resolve(name);
        for (double share : new double[] {0.1, 0.5, 0.8}) {
            Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));
            assertThatThrownBy(() -> ImageFiles.read(file))
                    .as("%s cut to %s", name, share)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("save it again");
        }
    }

    @Test
    void aJpegFileThatLacksOnlyItsEndMarkerIsRead() throws Exception {
        for (var fixture : ImageFixtures.all()) {
            if (!fixture.name().endsWith(".jpg")) {
                continue;
            }
            byte[] bytes = Files.readAllBytes(fixture.file());
            Path file =
                    Files.write(folder.resolve("a.jpg"), Arrays.copyOf(bytes, bytes.length - 2));
            assertArrayEquals(fixture.rgb(), ImageFiles.read(file).rgb(), fixture.name());
        }
    }

    @Test
    void otherFilesAreRefusedWithAWord() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.png"), "this is no image");
        assertThatThrownBy(() -> ImageFiles.read(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("known format");
        Path empty = Files.createFile(folder.resolve("empty.png"));
        assertThatThrownBy(() -> ImageFiles.read(empty))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("empty");
        Path phone =
                Files.write(
                        folder.resolve("a.jpg"),
                        new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'h', 'e', 'i', 'c'});
        assertThatThrownBy(() -> ImageFiles.read(phone))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("HEIC");
        assertThatThrownBy(() -> ImageFiles.read(folder.resolve("missing.png")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no such image");
        assertThatThrownBy(() -> ImageFiles.list(folder.resolve("missing")))
                .isInstanceOf(ProblemException.class);
    }
}
