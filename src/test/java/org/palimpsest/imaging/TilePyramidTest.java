package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

final class TilePyramidTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir Path folder;

    static Stream<ImageFixtures.Fixture> fixtures() throws IOException {
        return ImageFixtures.all().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theTilesOfTheFirstLevelTogetherAreTheDecodedImage(ImageFixtures.Fixture fixture)
            throws Exception {
        var picture = ImageFiles.read(fixture.file());

        try (var pyramid = build(fixture.file(), 16)) {
            assertThat(pyramid.grid().size()).isEqualTo(picture.size());
            assertThat(together(pyramid, 0)).isEqualTo(argb(picture));
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void inMemoryThereAreTheSamePixels(ImageFixtures.Fixture fixture) throws Exception {
        var picture = ImageFiles.read(fixture.file());

        assertThat(together(MemoryTiles.of(picture, 16), 0)).isEqualTo(argb(picture));
    }

    @Test
    void everyLevelIsTheMeanOfTheOneBefore() throws Exception {
        var picture = noise(131, 77);
        Path file = png(picture);

        try (var pyramid = build(file, 32)) {
            assertThat(pyramid.grid().levels()).isEqualTo(4);
            var before = argb(picture);
            var size = picture.size();
            for (int level = 1; level < 4; level++) {
                before = halved(before, size);
                size = new Size(Math.ceilDiv(size.width(), 2), Math.ceilDiv(size.height(), 2));
                assertThat(together(pyramid, level)).isEqualTo(before);
                assertThat(together(MemoryTiles.of(picture, 32), level)).isEqualTo(before);
            }
        }
    }

    @Test
    void theSecondTimeTheTilesAreThere() throws Exception {
        Path file = png(noise(131, 77));
        build(file, 32).close();

        try (var again = pyramids(1 << 20).open(file, ImageLimits.DEFAULT, 32)) {
            assertThat(again.isComplete()).isTrue();
            assertThat(together(again, 0)).isEqualTo(argb(ImageFiles.read(file)));
            assertThat(again.overview()).isNotNull();
        }
    }

    @Test
    void anImageThatChangedIsMadeAnew() throws Exception {
        Path file = png(noise(131, 77));
        build(file, 32).close();
        Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(5)));

        try (var again = pyramids(1 << 20).open(file, ImageLimits.DEFAULT, 32)) {
            assertThat(again.isComplete()).isFalse();
        }
    }

    @Test
    void whatWasCancelledIsMadeAnewAndToldReadyNowhere() throws Exception {
        var left = new AtomicInteger(70);
        Path file = png(noise(131, 200));
        try (var pyramid = pyramids(1 << 20).open(file, ImageLimits.DEFAULT, 32)) {
            assertThatThrownBy(() -> pyramid.build(() -> left.getAndDecrement() <= 0, () -> {}))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("cancelled");
            assertThat(pyramid.isReady(new TileKey(0, 0, 1))).isTrue();
            assertThat(pyramid.isReady(new TileKey(0, 0, 3))).isFalse();
        }

        try (var again = build(file, 32)) {
            assertThat(together(again, 0)).isEqualTo(argb(ImageFiles.read(file)));
        }
    }

    @Test
    void tilesAreReadyWhileTheImageIsStillDecoded() throws Exception {
        Path file = png(noise(64, 256));
        try (var pyramid = pyramids(1 << 20).open(file, ImageLimits.DEFAULT, 32)) {
            var seen = new ArrayList<Boolean>();
            pyramid.build(() -> false, () -> seen.add(pyramid.isComplete()));
            assertThat(seen).startsWith(false, false, false).endsWith(true);
        }
    }

    @Test
    void theFolderKeepsWhatWasUsedLast() throws Exception {
        Path first = png(noise(64, 64));
        Path second = png(noise(64, 65));
        Path third = png(noise(64, 66));
        long each = tileBytes(64, 66);
        var clock = new Clock();
        var pyramids = new PyramidFolder(folder.resolve("tiles"), 2 * each + 100, clock);
        for (var file : new Path[] {first, second, first, third}) {
            clock.now = clock.now.plusSeconds(60);
            try (var pyramid = pyramids.open(file, ImageLimits.DEFAULT, 32)) {
                pyramid.build(() -> false, () -> {});
            }
        }

        assertThat(complete(pyramids, first)).isTrue();
        assertThat(complete(pyramids, third)).isTrue();
        assertThat(size(folder.resolve("tiles"))).isLessThanOrEqualTo(2 * each + 100);
        assertThat(complete(pyramids, second)).isFalse();
    }

    @Test
    void anImageLargerThanTheFolderMayBeIsRefused() throws Exception {
        Path file = png(noise(64, 64));

        assertThatThrownBy(() -> pyramids(1000).open(file, ImageLimits.DEFAULT, 32))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no room");
    }

    @Test
    void aTruncatedFileIsRefused() throws Exception {
        for (var name : new String[] {"444.jpg", "rgb8.png", "raw.tif"}) {
            var from = ImageFixtures.FOLDER.resolve(name);
            byte[] bytes = Files.readAllBytes(from);
            Path file = folder.resolve("short-" + name);
            Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));

            assertThatThrownBy(() -> build(file, 16)).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void tilesOfAnotherMakeOrSizeAreNotBelieved() throws Exception {
        Path file = png(noise(131, 77));
        build(file, 32).close();
        Path tiles;
        try (var files = Files.list(folder.resolve("tiles"))) {
            tiles = files.findFirst().orElseThrow();
        }
        byte[] good = Files.readAllBytes(tiles);
        for (int at = 0; at < 33; at++) {
            byte[] changed = good.clone();
            changed[at] ^= 0x7F;
            Files.write(tiles, changed);
            try (var again = pyramids(1 << 20).open(file, ImageLimits.DEFAULT, 32)) {
                assertThat(again.isComplete()).as("byte " + at).isFalse();
            }
        }
        Files.write(tiles, Arrays.copyOf(good, good.length - 1));
        assertThat(complete(pyramids(1 << 20), file)).isFalse();
    }

    @Test
    void aVeryNarrowImageTakesNoMoreRoomThanItsPixels() {
        var grid = new TileGrid(new Size(200_000_000, 1), Orientation.UPRIGHT, 512);

        assertThat(new PyramidLayout(grid).fileBytes()).isLessThan(1_300_000_000L);
        assertThat(grid.tiles(0, new Box(1000, 0, 1100, 1))).hasSize(2);
    }

    private TilePyramid build(Path file, int side) throws ProblemException {
        var pyramid = pyramids(1 << 24).open(file, ImageLimits.DEFAULT, side);
        pyramid.build(() -> false, () -> {});
        assertThat(pyramid.isComplete()).isTrue();
        return pyramid;
    }

    private PyramidFolder pyramids(long bytes) {
        return new PyramidFolder(folder.resolve("tiles"), bytes, InstantSource.fixed(NOW));
    }

    private static boolean complete(PyramidFolder pyramids, Path file) throws ProblemException {
        try (var pyramid = pyramids.open(file, ImageLimits.DEFAULT, 32)) {
            return pyramid.isComplete();
        }
    }

    private static long tileBytes(int width, int height) {
        var grid = new TileGrid(new Size(width, height), Orientation.UPRIGHT, 32);
        return new PyramidLayout(grid).fileBytes();
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private Path png(Picture picture) throws ProblemException {
        Path file = folder.resolve(picture.size() + ".png");
        ImageFiles.writePng(picture, file);
        return file;
    }

    private static Picture noise(int width, int height) {
        var rgb = new byte[3 * width * height];
        new Random(width + height).nextBytes(rgb);
        return new Picture(width, height, rgb);
    }

    private static int[] argb(Picture picture) {
        var argb = new int[picture.width() * picture.height()];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = 0xFF000000 | picture.rgb(i % picture.width(), i / picture.width());
        }
        return argb;
    }

    /// Puts the tiles of a level together, by where they say they are.
    private static int[] together(TileSource source, int level) throws ProblemException {
        var grid = source.grid();
        var size = grid.orientation().shown(grid.levelSize(level));
        var argb = new int[size.width() * size.height()];
        for (var key : grid.tiles(level, grid.size().toBox())) {
            var tile = source.read(key);
            var bounds = grid.bounds(key);
            int left = (int) bounds.xMin() >> level;
            int top = (int) bounds.yMin() >> level;
            for (int y = 0; y < tile.height(); y++) {
                System.arraycopy(
                        tile.argb(),
                        y * tile.width(),
                        argb,
                        (top + y) * size.width() + left,
                        tile.width());
            }
        }
        return argb;
    }

    private static int[] halved(int[] argb, Size size) {
        int width = Math.ceilDiv(size.width(), 2);
        int height = Math.ceilDiv(size.height(), 2);
        var half = new int[width * height];
        for (int i = 0; i < half.length; i++) {
            int x = 2 * (i % width);
            int y = 2 * (i / width);
            int right = Math.min(x + 1, size.width() - 1);
            int below = Math.min(y + 1, size.height() - 1);
            int[] four = {
                argb[y * size.width() + x],
                argb[y * size.width() + right],
                argb[below * size.width() + x],
                argb[below * size.width() + right]
            };
            half[i] = 0xFF000000;
            for (int shift = 0; shift <= 16; shift += 8) {
                int by = shift;
                int sum = Arrays.stream(four).map(pixel -> pixel >> by & 0xFF).sum();
                half[i] |= (sum + 2) / 4 << shift;
            }
        }
        return half;
    }

    private static final class Clock implements InstantSource {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }
    }
}
