package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

class ImageInspectionTest {
    @TempDir private Path folder;

    private static Picture scene(int number) throws ProblemException {
        return ImageFiles.read(Path.of("assets/samples/scene-%02d.png".formatted(number)));
    }

    @Test
    void anImageIsInspectedAsAWhole() throws Exception {
        var file = folder.resolve("a.png");
        ImageFiles.writePng(scene(1), file);
        var seen = ImageFiles.inspect(file);
        assertThat(seen.size()).isEqualTo(new Size(407, 315));
        assertThat(seen.orientation()).isEqualTo(Orientation.UPRIGHT);
        assertThat(seen.captured()).isEmpty();
        assertThat(seen.bytes()).isEqualTo(Files.size(file));
        assertThat(seen.contentHash()).isEqualTo(ContentHash.of(file)).hasSize(64);
        assertThat(seen.perceptualHash()).isPresent();
    }

    @Test
    void theHashIsSha256() throws Exception {
        var file = folder.resolve("abc");
        Files.writeString(file, "abc");
        assertThat(ContentHash.of(file))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void whatTheCameraSaysIsRead() throws Exception {
        var file = folder.resolve("camera.jpg");
        Files.write(file, JpegWithExif.make(6, "2024:02:29 13:37:05"));
        var seen = ImageFiles.inspect(file);
        assertThat(seen.orientation()).isEqualTo(Orientation.ofExif(6));
        assertThat(seen.captured()).contains(LocalDateTime.of(2024, 2, 29, 13, 37, 5));
        Files.write(file, JpegWithExif.make(1, "0000:00:00 00:00:00"));
        assertThat(ImageFiles.inspect(file).captured()).isEmpty();
    }

    @Test
    void aPictureLooksLikeItselfInAnotherSizeAndALittleBrighter() throws Exception {
        for (int number = 1; number <= 10; number++) {
            var picture = scene(number);
            long hash = PerceptualHash.of(picture).orElseThrow();
            var smaller =
                    Resizer.resize(
                            picture,
                            new Size(picture.width() / 2, picture.height() / 2),
                            ResizeFilter.BICUBIC);
            byte[] brighter = picture.rgb().clone();
            for (int i = 0; i < brighter.length; i++) {
                brighter[i] = (byte) Math.min(255, (brighter[i] & 0xFF) + 6);
            }
            assertThat(PerceptualHash.distance(hash, PerceptualHash.of(smaller).orElseThrow()))
                    .isLessThanOrEqualTo(PerceptualHash.SIMILAR_BITS);
            assertThat(
                            PerceptualHash.distance(
                                    hash,
                                    PerceptualHash.of(
                                                    new Picture(
                                                            picture.width(),
                                                            picture.height(),
                                                            brighter))
                                            .orElseThrow()))
                    .isLessThanOrEqualTo(PerceptualHash.SIMILAR_BITS);
        }
    }

    @Test
    void otherPicturesLookOtherwise() throws Exception {
        var hashes = new ArrayList<Long>();
        for (int number = 1; number <= 30; number++) {
            hashes.add(PerceptualHash.of(scene(number)).orElseThrow());
        }
        for (int i = 0; i < hashes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(PerceptualHash.distance(hashes.get(i), hashes.get(j)))
                        .as((j + 1) + " and " + (i + 1))
                        .isGreaterThan(PerceptualHash.SIMILAR_BITS);
            }
        }
    }

    @Test
    void anEvenPictureLooksLikeNothing() {
        byte[] grey = new byte[3 * 40 * 40];
        var random = new Random(1);
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) (120 + random.nextInt(2));
        }
        assertThat(PerceptualHash.of(new Picture(40, 40, grey))).isEmpty();
    }

    @Test
    void whatCannotBeDecodedIsNotInspected() throws Exception {
        var file = folder.resolve("broken.png");
        byte[] whole = Files.readAllBytes(Path.of("assets/samples/scene-01.png"));
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> ImageFiles.inspect(file)).isInstanceOf(ProblemException.class);
    }
}
