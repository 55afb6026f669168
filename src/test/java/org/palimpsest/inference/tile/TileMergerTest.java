package org.palimpsest.inference.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;

class TileMergerTest {
    private static final Size IMAGE = new Size(1000, 400);
    private static final TileOptions OPTIONS = new TileOptions(400, 0.25, false);
    private static final List<Box> TILES = OPTIONS.tiles(IMAGE);
    private final TileMerger merger = new TileMerger(TILES, IMAGE);

    private static TileObject object(String label, Box box, double score, int tile) {
        return new TileObject(label, box, score, Optional.empty(), Optional.empty(), tile);
    }

    /// What every tile sees of the objects, cut off at its edges.
    private static List<TileObject> sights(List<Box> tiles, List<Box> objects) {
        var sights = new ArrayList<TileObject>();
        for (int tile = 0; tile < tiles.size(); tile++) {
            for (int i = 0; i < objects.size(); i++) {
                var seen = objects.get(i).intersection(tiles.get(tile));
                if (seen.isPresent()) {
                    sights.add(object("car", seen.get(), 0.5 + tile / 100.0 + i / 1000.0, tile));
                }
            }
        }
        return sights;
    }

    private static List<Box> boxes(List<TileObject> objects) {
        return objects.stream().map(TileObject::box).toList();
    }

    @Test
    void tilesCoverTheImageWithTheirOverlapAndEndWithIt() {
        assertThat(TILES)
                .containsExactly(
                        new Box(0, 0, 400, 400),
                        new Box(300, 0, 700, 400),
                        new Box(600, 0, 1000, 400));
        assertThat(new TileOptions(400, 0.25, true).tiles(IMAGE))
                .hasSize(4)
                .last()
                .isEqualTo(IMAGE.toBox());
        assertThat(new TileOptions(400, 0.25, true).tiles(new Size(300, 400)))
                .as("an image of one tile is asked about once")
                .containsExactly(new Box(0, 0, 300, 400));
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            var size = new Size(1 + random.nextInt(3000), 1 + random.nextInt(3000));
            var options =
                    new TileOptions(150 + random.nextInt(900), random.nextInt(51) / 100.0, false);
            var tiles = options.tiles(size);
            assertThat(tiles).hasSize((int) options.count(size));
            for (int x = 0; x < size.width(); x += 1 + size.width() / 50) {
                int column = x;
                assertThat(tiles).anyMatch(tile -> tile.xMin() <= column && column < tile.xMax());
            }
            assertThat(tiles)
                    .allMatch(tile -> tile.clampTo(size).equals(tile))
                    .anyMatch(tile -> tile.xMax() == size.width() && tile.yMax() == size.height());
        }
    }

    @Test
    void anObjectInTheOverlapComesOutOnce() {
        var seen = new Box(320, 100, 380, 150);
        assertThat(
                        merger.merge(
                                List.of(
                                        object("car", seen, 0.7, 0),
                                        object("car", new Box(321, 101, 381, 149), 0.9, 1))))
                .containsExactly(object("car", new Box(321, 101, 381, 149), 0.9, 1));
    }

    @Test
    void anObjectMuchLongerThanTheOverlapIsPutTogether() {
        var train = new Box(50, 100, 950, 200);
        assertThat(boxes(merger.merge(sights(TILES, List.of(train))))).containsExactly(train);
    }

    @Test
    void theWholeSightIsPreferredToTheOnesThatWereCutOff() {
        var car = new Box(310, 100, 450, 200);
        var merged = merger.merge(sights(TILES, List.of(car)));
        assertThat(boxes(merged)).containsExactly(car);
    }

    @Test
    void aSliverThatASecondTileSawIsNoObjectOfItsOwn() {
        var found =
                List.of(
                        object("car", new Box(100, 100, 320, 200), 0.9, 0),
                        object("car", new Box(300, 105, 312, 180), 0.4, 1));
        assertThat(boxes(merger.merge(found))).containsExactly(new Box(100, 100, 320, 200));
    }

    @Test
    void objectsOfOneTileOrOfTwoLabelsStayApart() {
        var box = new Box(310, 100, 390, 200);
        var found =
                List.of(
                        object("car", box, 0.9, 0),
                        object("car", box, 0.8, 0),
                        object("bus", box, 0.7, 1));
        assertThat(merger.merge(found)).containsExactlyElementsOf(found);
    }

    @Test
    void masksOfPartsAreUnited() {
        var left = Mask.of(1000, 400, (x, y) -> x >= 200 && x < 400 && y < 50);
        var right = Mask.of(1000, 400, (x, y) -> x >= 300 && x < 820 && y < 50);
        var merged =
                merger.merge(
                        List.of(
                                new TileObject(
                                        "car",
                                        new Box(200, 0, 400, 50),
                                        0.9,
                                        Optional.empty(),
                                        Optional.of(left),
                                        0),
                                new TileObject(
                                        "car",
                                        new Box(300, 0, 700, 50),
                                        0.8,
                                        Optional.empty(),
                                        Optional.of(right),
                                        1)));
        assertThat(merged)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.mask()).contains(left.union(right));
                    assertThat(one.box()).isEqualTo(new Box(200, 0, 700, 50));
                });
    }

    @Test
    void whatTilesSawOfScatteredObjectsComesTogetherWhateverTheOrder() {
        var random = new Random(3);
        for (int round = 0; round < 100; round++) {
            var size = new Size(600 + random.nextInt(2000), 500 + random.nextInt(1500));
            var options = new TileOptions(300 + random.nextInt(300), 0.2, random.nextBoolean());
            var tiles = options.tiles(size);
            var objects = scattered(random, size);
            var sights = sights(tiles, objects);
            var inOrder = new TileMerger(tiles, size).merge(sights);
            assertThat(boxes(inOrder)).containsExactlyInAnyOrderElementsOf(objects);
            Collections.shuffle(sights, random);
            assertThat(new TileMerger(tiles, size).merge(sights)).isEqualTo(inOrder);
        }
    }

    /// Boxes of which no two touch.
    private static List<Box> scattered(Random random, Size size) {
        var boxes = new ArrayList<Box>();
        for (int i = 0; i < 60; i++) {
            double width = 10 + random.nextInt(400);
            double height = 10 + random.nextInt(400);
            double x = random.nextInt(size.width());
            double y = random.nextInt(size.height());
            var box = new Box(x, y, x + width, y + height).clampTo(size);
            if (box.width() > 5
                    && box.height() > 5
                    && boxes.stream().noneMatch(other -> other.intersection(box).isPresent())) {
                boxes.add(box);
            }
        }
        return boxes;
    }

    @Test
    void oneTileIsLeftAsItIs() {
        var random = new Random(5);
        var found = new ArrayList<TileObject>();
        for (int i = 0; i < 50; i++) {
            double x = random.nextInt(300);
            double y = random.nextInt(300);
            found.add(object("car", new Box(x, y, x + 50, y + 60), random.nextDouble(), 0));
        }
        assertThat(merger.merge(found)).containsExactlyInAnyOrderElementsOf(found);
    }
}
