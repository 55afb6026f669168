package org.palimpsest.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The image files that src/test/python/make_image_fixtures.py wrote, with what Pillow reads from
/// them.
final class ImageFixtures {
    static final Path FOLDER = Path.of("src/test/resources/imaging");

    private ImageFixtures() {}

    /// @param bound the largest difference of a byte that is allowed
    record Fixture(String name, int width, int height, int bound) {
        Path file() {
            return FOLDER.resolve(name);
        }

        byte[] rgb() throws IOException {
            return Files.readAllBytes(FOLDER.resolve(name + ".rgb"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Fixture> all() throws IOException {
        return Files.readAllLines(FOLDER.resolve("index.tsv")).stream()
                .map(line -> line.split("\t"))
                .map(fields ->
                        new Fixture(
                                fields[0],
                                Integer.parseInt(fields[1]),
                                Integer.parseInt(fields[2]),
                                Integer.parseInt(fields[3])))
                .toList();
    }

    /// The largest difference between two arrays of unsigned bytes.
    static int largestDifference(byte[] a, byte[] b) {
        int largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs((a[i] & 0xFF) - (b[i] & 0xFF)));
        }
        return largest;
    }
}
