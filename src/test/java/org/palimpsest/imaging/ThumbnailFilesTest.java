package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

class ThumbnailFilesTest {
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
    private static final long AMPLE = 1 << 20;

    @TempDir Path folder;
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private Path cache;
    private ThumbnailFiles thumbnails;

    @BeforeEach
    void open() {
        cache = folder.resolve("cache");
        thumbnails = new ThumbnailFiles(cache, AMPLE, now::get);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverTheOrientationTheThumbnailIsUpright(int orientation) throws Exception {
        var fixture =
                ImageFixtures.all().stream()
                        .filter(one -> one.name().equals("orientation" + orientation + ".jpg"))
                        .findFirst()
                        .orElseThrow();

        var made = thumbnails.get(fixture.file()).picture();
        var kept = thumbnails.get(fixture.file()).picture();

        var size = new Size(fixture.width(), fixture.height());
        assertThat(List.of(made.size(), kept.size())).containsOnly(size);
        assertThat(ImageFixtures.largestDifference(made.rgb(), fixture.rgb()))
                .isLessThanOrEqualTo(fixture.bound());
        assertThat(meanDifference(kept, made)).as("loss of the kept JPEG").isLessThan(15);
    }

    @Test
    void aLargePictureIsMadeSmallAndKeepsItsSides() throws Exception {
        Path image = write("wide.png", new Size(1000, 400), 0x336699);

        assertThat(thumbnails.get(image).picture().size()).isEqualTo(new Size(256, 102));
    }

    @Test
    void whatWasKeptIsUsedAndNotMadeAgain() throws Exception {
        Path image = write("a.png", new Size(300, 200), 0xFF0000);
        thumbnails.get(image);
        // The same length and time, but nothing that could be decoded.
        var time = Files.getLastModifiedTime(image);
        Files.write(image, new byte[(int) Files.size(image)]);
        Files.setLastModifiedTime(image, time);

        var again = new ThumbnailFiles(cache, AMPLE, now::get).get(image);

        assertThat(again.picture().size()).isEqualTo(new Size(256, 171));
        assertThat(again.missing()).isFalse();
    }

    @Test
    void aChangedImageFileHasANewThumbnailInTheSamePlace() throws Exception {
        Path image = write("a.png", new Size(300, 300), 0xFF0000);
        thumbnails.get(image);
        write("a.png", new Size(300, 300), 0x0000FF);
        Files.setLastModifiedTime(image, FileTime.from(START.plusSeconds(5)));

        assertThat(thumbnails.get(image).picture().rgb(10, 10)).isEqualTo(0x0000FF);
        assertThat(files(cache)).hasSize(1);
    }

    @Test
    void theThumbnailOfAnImageOnADriveThatWentAwayIsShownStill() throws Exception {
        Path image = write("a.png", new Size(300, 300), 0x808080);
        thumbnails.get(image);
        Files.delete(image);

        var thumbnail = thumbnails.get(image);

        assertThat(thumbnail.missing()).isTrue();
        assertThat(thumbnail.picture().size()).isEqualTo(new Size(256, 256));
    }

    @Test
    void anImageThatWasNeverThereIsAProblemAndLeavesNothing() {
        Path image = folder.resolve("never.jpg");

        assertThatThrownBy(() -> thumbnails.get(image))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no such image file")
                .hasMessageContaining("never.jpg");
        assertThat(cache).doesNotExist();
    }

    @Test
    void aDamagedImageIsAProblemThatNamesItAndIsNotKept() throws Exception {
        Path whole = write("a.png", new Size(300, 300), 0x808080);
        byte[] bytes = Files.readAllBytes(whole);
        Path image = Files.write(folder.resolve("half.png"), Arrays.copyOf(bytes, 120));

        assertThatThrownBy(() -> thumbnails.get(image))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("half.png");
        assertThat(cache).doesNotExist();
    }

    @Test
    void aDamagedKeptThumbnailIsMadeAnew() throws Exception {
        Path image = write("a.png", new Size(300, 300), 0x00FF00);
        thumbnails.get(image);
        Path kept = files(cache).getFirst();
        byte[] sound = Files.readAllBytes(kept);
        for (int at = 0; at < sound.length; at += 37) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 0x10;
            Files.write(kept, damaged);

            assertThat(thumbnails.get(image).picture().rgb(128, 128)).isEqualTo(0x00FF00);
            assertThat(Files.readAllBytes(kept)).as("byte %d", at).isEqualTo(sound);
        }
        for (int length : new int[] {0, 5, 28, sound.length - 1}) {
            Files.write(kept, Arrays.copyOf(sound, length));
            thumbnails.get(image);
            assertThat(Files.readAllBytes(kept)).as("%d bytes", length).isEqualTo(sound);
        }
    }

    @Test
    void theFolderStaysWithinItsBoundAndLosesWhatWasUsedLeast() throws Exception {
        Path first = write("first.png", new Size(300, 300), 0x101010);
        thumbnails.get(first);
        long one = Files.size(files(cache).getFirst());
        var bounded = new ThumbnailFiles(cache, one * 10 + one / 2, now::get);
        for (int i = 0; i < 30; i++) {
            now.set(now.get().plusSeconds(7200));
            bounded.get(write("image" + i + ".png", new Size(300, 300), 0x101010));
            now.set(now.get().plusSeconds(7200));
            bounded.get(first);

            assertThat(total(cache)).isLessThanOrEqualTo(one * 10 + one / 2);
        }

        Files.delete(first); // what is shown now can only be what was kept
        assertThat(bounded.get(first).missing()).isTrue();
        Files.delete(folder.resolve("image0.png"));
        assertThatThrownBy(() -> bounded.get(folder.resolve("image0.png")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void whereTheFolderCannotBeMadeThumbnailsAreMadeAllTheSame() throws Exception {
        Files.write(cache, new byte[] {1});
        Path image = write("a.png", new Size(300, 300), 0x00FF00);

        assertThat(thumbnails.get(image).picture().rgb(0, 0)).isEqualTo(0x00FF00);
        assertThat(Files.readAllBytes(cache)).containsExactly(1);
    }

    private Path write(String name, Size size, int rgb) throws ProblemException {
        byte[] pixels = new byte[size.width() * size.height() * 3];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) (rgb >> 16);
            pixels[i + 1] = (byte) (rgb >> 8);
            pixels[i + 2] = (byte) rgb;
        }
        Path file = folder.resolve(name);
        ImageFiles.writePng(new Picture(size.width(), size.height(), pixels), file);
        return file;
    }

    private static double meanDifference(Picture one, Picture other) {
        long sum = 0;
        for (int i = 0; i < one.rgb().length; i++) {
            sum += Math.abs((one.rgb()[i] & 0xFF) - (other.rgb()[i] & 0xFF));
        }
        return (double) sum / one.rgb().length;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static long total(Path folder) throws IOException {
        return files(folder).stream().mapToLong(ThumbnailFilesTest::size).sum();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
