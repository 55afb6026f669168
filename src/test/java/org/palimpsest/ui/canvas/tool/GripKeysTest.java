package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;

/// Resizing and reshaping by keys with the tool that selects, on an image of 200 × 100 pixels.
final class GripKeysTest {
    private static final Polygon TRIANGLE =
            new Polygon(List.of(new Point(20, 20), new Point(80, 20), new Point(50, 60)));

    private final FixedScene scene = new FixedScene();
    private final SelectTool tool = new SelectTool();

    private ToolEffect key(ToolKey key) {
        return key(key, Modifiers.NONE);
    }

    private ToolEffect key(ToolKey key, Modifiers modifiers) {
        return scene.carryOut(tool.key(key, modifiers, scene));
    }

    private Region region() {
        return scene.image().objects().getFirst().region();
    }

    private void have(Region region) {
        scene.select(scene.add("object", region));
    }

    @Test
    void altWithArrowsMovesTheRightAndTheLowerSide() {
        have(new Box(10, 10, 50, 40));

        key(ToolKey.RIGHT, Modifiers.ALT);
        key(ToolKey.DOWN, new Modifiers(true, false, true));

        assertThat(region()).isEqualTo(new Box(10, 10, 51, 50));
    }

    @Test
    void theHandlesOfABoxAreHeldClockwiseAndMovedAlone() {
        have(new Box(10, 10, 50, 40));

        key(ToolKey.NEXT); // upper left
        key(ToolKey.LEFT);
        key(ToolKey.NEXT); // the upper side knows up and down alone
        key(ToolKey.UP, Modifiers.SHIFT);
        key(ToolKey.LEFT);
        key(ToolKey.PREVIOUS);
        key(ToolKey.PREVIOUS); // the left side
        key(ToolKey.RIGHT);
        key(ToolKey.RIGHT);

        assertThat(region()).isEqualTo(new Box(11, 0, 50, 40));
    }

    @Test
    void whatIsHeldIsShownAndLetGoByEscape() {
        have(new Box(10, 10, 50, 40));
        key(ToolKey.PREVIOUS);

        assertThat(tool.idle(scene).grips().stream().filter(Preview.Grip::active).toList())
                .containsExactly(
                        new Preview.Grip(new Point(10, 25), Preview.GripKind.HANDLE, true));
        key(ToolKey.CANCEL);
        assertThat(tool.idle(scene).grips()).noneMatch(Preview.Grip::active);
        assertThat(scene.selection()).hasSize(1);
        key(ToolKey.RIGHT);
        assertThat(region()).isEqualTo(new Box(11, 10, 51, 40));
    }

    @Test
    void aSideNeitherLeavesTheImageNorCrossesTheOtherOne() {
        have(new Box(10, 10, 14, 14));
        for (int i = 0; i < 3; i++) {
            key(ToolKey.LEFT, new Modifiers(true, false, true));
        }
        assertThat(region()).isEqualTo(new Box(10, 10, 11, 14));
        for (int i = 0; i < 30; i++) {
            key(ToolKey.RIGHT, new Modifiers(true, false, true));
        }
        assertThat(region()).isEqualTo(new Box(10, 10, 200, 14));
        assertThat(key(ToolKey.RIGHT, Modifiers.ALT)).isEqualTo(ToolEffect.DISCARD);
    }

    @Test
    void theVerticesOfAnOutlineAreHeldAndMovedOneByOne() {
        have(TRIANGLE);

        key(ToolKey.NEXT);
        key(ToolKey.NEXT);
        key(ToolKey.RIGHT, Modifiers.SHIFT);
        key(ToolKey.DOWN);

        assertThat(region())
                .isEqualTo(
                        new Polygon(
                                List.of(new Point(20, 20), new Point(90, 21), new Point(50, 60))));
    }

    @Test
    void afterItsVerticesTheCornersOfAnOutlineAreHeld() {
        have(TRIANGLE);

        for (int i = 0; i < 3 + 3; i++) {
            key(ToolKey.NEXT);
        }
        key(ToolKey.RIGHT, Modifiers.SHIFT); // the lower right corner

        assertThat(region().bounds()).isEqualTo(new Box(20, 20, 90, 60));
        key(ToolKey.NEXT);
        key(ToolKey.NEXT);
        key(ToolKey.UP); // the first vertex again
        assertThat(((Polygon) region()).exterior().getFirst()).isEqualTo(new Point(20, 19));
    }

    @Test
    void aPointIsAddedBehindTheOneThatIsHeldAndTakenAway() {
        have(TRIANGLE);

        key(ToolKey.NEXT);
        key(ToolKey.INSERT);
        key(ToolKey.UP, Modifiers.SHIFT);

        assertThat(((Polygon) region()).exterior())
                .containsExactly(
                        new Point(20, 20), new Point(50, 10), new Point(80, 20), new Point(50, 60));
        key(ToolKey.DELETE);
        assertThat(region()).isEqualTo(TRIANGLE);
    }

    @Test
    void aLockedObjectStays() {
        have(new Box(10, 10, 50, 40));
        scene.lock(scene.image().objects().getFirst());

        assertThat(key(ToolKey.NEXT)).isEqualTo(new ToolEffect.Refuse(Hint.LOCKED));
        assertThat(key(ToolKey.RIGHT, Modifiers.ALT)).isEqualTo(new ToolEffect.Refuse(Hint.LOCKED));
        assertThat(region()).isEqualTo(new Box(10, 10, 50, 40));
    }

    @Test
    void whateverIsPressedTheObjectStaysInTheImageAndKeepsAPixel() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        for (int round = 0; round < 200; round++) {
            var fresh = new FixedScene();
            var selecting = new SelectTool();
            double x = random.nextInt(180);
            double y = random.nextInt(80);
            fresh.select(
                    fresh.add(
                            "object",
                            round % 2 == 0
                                    ? new Box(x, y, x + 20, y + 20)
                                    : new Polygon(
                                            List.of(
                                                    new Point(x, y),
                                                    new Point(x + 20, y),
                                                    new Point(x, y + 20)))));
            for (int i = 0; i < 60; i++) {
                var before = fresh.image().objects();
                var effect = selecting.key(anyKey(random), anyModifiers(random), fresh);
                fresh.carryOut(effect);
                assertThat(fresh.image().objects()).hasSameSizeAs(before);
                var bounds = fresh.image().objects().getFirst().region().bounds();
                assertThat(bounds.xMin()).isGreaterThanOrEqualTo(0);
                assertThat(bounds.yMin()).isGreaterThanOrEqualTo(0);
                assertThat(bounds.xMax()).isLessThanOrEqualTo(200);
                assertThat(bounds.yMax()).isLessThanOrEqualTo(100);
                if (round % 2 == 0) {
                    assertThat(Math.min(bounds.width(), bounds.height())).isGreaterThanOrEqualTo(1);
                }
            }
        }
    }

    private static ToolKey anyKey(RandomGenerator random) {
        var keys =
                List.of(
                        ToolKey.LEFT,
                        ToolKey.RIGHT,
                        ToolKey.UP,
                        ToolKey.DOWN,
                        ToolKey.NEXT,
                        ToolKey.PREVIOUS,
                        ToolKey.INSERT);
        return keys.get(random.nextInt(keys.size()));
    }

    private static Modifiers anyModifiers(RandomGenerator random) {
        return new Modifiers(random.nextBoolean(), false, random.nextInt(4) == 0);
    }
}
