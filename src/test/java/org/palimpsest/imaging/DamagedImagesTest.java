package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

/// Some thousand damaged files, seeded: each is either read or refused with words, in bounded time
/// and memory.
class DamagedImagesTest {
    private static final ImageLimits LIMITS = new ImageLimits(1_000_000, 1 << 20);
    private static final int CASES_PER_FILE = 50;

    @TempDir Path folder;

    @Test
    @Timeout(120)
    void aDamagedImageIsReadOrRefusedButNothingElse() throws IOException {
        var random = new SplittableRandom(3);
        int read = 0;
        int refused = 0;
        Path file = folder.resolve("damaged.img");
        for (var fixture : ImageFixtures.all()) {
            byte[] bytes = Files.readAllBytes(fixture.file());
            for (int i = 0; i < CASES_PER_FILE; i++) {
                Files.write(file, damaged(bytes, random));
                if (isRead(file)) {
                    read++;
                } else {
                    refused++;
                }
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
        assertThat(read + refused).isGreaterThan(2800);
    }

    private static boolean isRead(Path file) {
        try {
            var picture = ImageFiles.read(file, LIMITS);
            assertThat(picture.size().pixelCount()).isLessThanOrEqualTo(LIMITS.maxPixels());
            return true;
        } catch (ProblemException e) {
            assertThat(e.problem().detail()).contains("damaged.img");
            assertThat(e.problem().remedy()).isNotEmpty();
            return false;
        }
    }

    /// One to six changes, most of them in the header, where they do most harm.
    private static byte[] damaged(byte[] bytes, SplittableRandom random) {
        byte[] changed = bytes.clone();
        int changes = random.nextInt(1, 7);
        for (int i = 0; i < changes; i++) {
            int reach = random.nextInt(3) == 0 ? changed.length : Math.min(120, changed.length);
            int at = random.nextInt(reach);
            switch (random.nextInt(5)) {
                case 0 -> changed[at] = (byte) random.nextInt(256);
                case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> changed[at] = (byte) 0xFF;
                case 3 -> changed[at] = 0;
                default -> {
                    if (changed.length > 40) {
                        changed = Arrays.copyOf(changed, random.nextInt(16, changed.length));
                    }
                }
            }
        }
        return changed;
    }

    @Test
    void sizesThatAHeaderClaimsAreHeldAgainstTheLimit() throws IOException {
        Path file = folder.resolve("damaged.img");
        for (String name :
                List.of("rgb24.bmp", "plain.gif", "444.jpg", "raw.tif", "lossless.webp")) {
            byte[] bytes = Files.readAllBytes(ImageFixtures.FOLDER.resolve(name));
            for (int at = 0; at < Math.min(bytes.length, 250) - 1; at += 2) {
                byte[] changed = bytes.clone();
                changed[at] = 0x7F;
                changed[at + 1] = 0x7F;
                Files.write(file, changed);
                isRead(file);
                try {
                    Size size = ImageFiles.readSize(file);
                    assertThat(size.pixelCount())
                            .isLessThanOrEqualTo(ImageLimits.DEFAULT.maxPixels());
                } catch (ProblemException e) {
                    assertThat(e.problem().summary()).isNotEmpty();
                }
            }
        }
    }
}
