package org.palimpsest.ui.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.ToolKey;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

/// Drawing by keys on a real project: an image of 200 × 100 pixels, shown at its size.
final class KeyHandTest {
    @TempDir Path folder;

    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private CanvasDisplay display;
    private ToolBench bench;
    private KeyHand hand;

    @BeforeEach
    void open() throws ProblemException {
        Samples.open(workspace, Samples.images(folder, 2));
        display = Displays.display(workspace, tasks, folder);
        display.camera().resize(248, 148);
        bench = new ToolBench(workspace, display, dialogs);
        workspace.currentImageProperty().addListener((_, _, image) -> display.show(image));
        display.show(workspace.currentImage());
        bench.settingsProperty().set(bench.settingsProperty().get().withSnapping(false));
        hand = new KeyHand(bench, display);
    }

    private List<Region> regions() {
        return workspace.current().objects().stream().map(ObjectAnnotation::region).toList();
    }

    private void take(ToolKind kind) {
        workspace.select(Set.of());
        bench.toolProperty().set(kind);
    }

    private void arrow(ToolKey key, int times) {
        arrow(key, times, Modifiers.NONE);
    }

    private void arrow(ToolKey key, int times, Modifiers modifiers) {
        for (int i = 0; i < times; i++) {
            hand.arrow(key, modifiers);
        }
    }

    /// Leads the crosshair there, pixel by pixel.
    private void go(Point to) {
        if (hand.crosshairProperty().get().isEmpty()) {
            arrow(ToolKey.RIGHT, 1);
        }
        var from = hand.crosshairProperty().get().orElseThrow();
        int x = (int) (to.x() - from.x());
        int y = (int) (to.y() - from.y());
        arrow(x < 0 ? ToolKey.LEFT : ToolKey.RIGHT, Math.abs(x), Modifiers.CONTROL);
        arrow(y < 0 ? ToolKey.UP : ToolKey.DOWN, Math.abs(y), Modifiers.CONTROL);
    }

    private Point at() {
        return hand.crosshairProperty().get().orElseThrow();
    }

    @Test
    void theFirstArrowPutsTheCrosshairWhereTheMouseIsElseIntoTheMiddle() {
        take(ToolKind.BOX);
        arrow(ToolKey.RIGHT, 1);
        assertThat(at()).isEqualTo(new Point(108, 50));

        hand.mouseAt(new Point(30.4, 20.2));
        assertThat(hand.crosshairProperty().get()).isEmpty();
        arrow(ToolKey.DOWN, 1);
        assertThat(at()).isEqualTo(new Point(30, 28));
    }

    @Test
    void stepsAreWholePixelsFiveTimesAsLargeWithShiftAndOneWithControlOrAlt() {
        take(ToolKind.POLYGON);
        arrow(ToolKey.LEFT, 1);
        arrow(ToolKey.LEFT, 1, Modifiers.SHIFT);
        arrow(ToolKey.UP, 1, Modifiers.CONTROL);
        arrow(ToolKey.UP, 1, Modifiers.ALT);
        assertThat(at()).isEqualTo(new Point(52, 48));
        arrow(ToolKey.LEFT, 9, Modifiers.SHIFT);
        assertThat(at()).isEqualTo(new Point(0, 48));
        display.camera().zoomAt(24, 70, 4);
        arrow(ToolKey.RIGHT, 1);
        assertThat(at()).isEqualTo(new Point(2, 48));
    }

    @Test
    void theViewFollowsTheCrosshair() {
        take(ToolKind.BOX);
        display.camera().zoomAt(124, 74, 8);

        go(new Point(3, 97));

        assertThat(display.camera().visible().contains(at())).isTrue();
    }

    @Test
    void enterAtTwoCornersDrawsABoxInOneStep() {
        take(ToolKind.BOX);
        go(new Point(20, 30));
        hand.click(Modifiers.NONE);
        go(new Point(71, 55));
        assertThat(bench.previewProperty().get().drawn()).contains(new Box(20, 30, 71, 55));
        hand.click(Modifiers.NONE);

        assertThat(regions()).containsExactly(new Box(20, 30, 71, 55));
        workspace.undo();
        assertThat(regions()).isEmpty();
    }

    @Test
    void spaceHeldDragsABox() {
        take(ToolKind.BOX);
        go(new Point(20, 30));
        hand.press(Modifiers.SHIFT);
        go(new Point(60, 50));
        hand.release();

        assertThat(regions()).containsExactly(new Box(20, 30, 60, 70)); // Shift: a square
    }

    @Test
    void enterTwiceAtTheLastPointClosesAPolygonAndBackspaceTakesOneBack() {
        take(ToolKind.POLYGON);
        var points = List.of(new Point(20, 20), new Point(90, 25), new Point(50, 80));
        go(points.get(0));
        hand.click(Modifiers.NONE);
        go(new Point(150, 90));
        hand.click(Modifiers.NONE);
        bench.key(ToolKey.BACK, Modifiers.NONE);
        go(points.get(1));
        hand.click(Modifiers.NONE);
        go(points.get(2));
        hand.click(Modifiers.NONE);
        assertThat(regions()).isEmpty();
        hand.click(Modifiers.NONE);

        assertThat(regions()).containsExactly(new Polygon(points));
    }

    @Test
    void enterPutsTheBrushDownAndLiftsIt() {
        take(ToolKind.BRUSH);
        go(new Point(40, 40));
        hand.click(Modifiers.NONE);
        go(new Point(60, 40));
        assertThat(regions()).isEmpty();
        hand.click(Modifiers.NONE);
        go(new Point(60, 80)); // Lifted: this paints nothing.

        double radius = bench.settingsProperty().get().brushRadius();
        var line = List.of(new Point(40, 40), new Point(60, 40));
        assertThat(regions())
                .containsExactly(
                        Mask.empty(workspace.current().image().size()).painted(line, radius));
    }

    @Test
    void escapeGivesUpTheGestureThenTheCrosshair() {
        take(ToolKind.BOX);
        go(new Point(20, 30));
        hand.click(Modifiers.NONE);

        assertThat(hand.cancel(bench.key(ToolKey.CANCEL, Modifiers.NONE))).isTrue();
        assertThat(hand.crosshairProperty().get()).contains(new Point(20, 30));
        assertThat(hand.cancel(bench.key(ToolKey.CANCEL, Modifiers.NONE))).isTrue();
        assertThat(hand.crosshairProperty().get()).isEmpty();
        assertThat(hand.click(Modifiers.NONE)).isFalse();
        assertThat(regions()).isEmpty();
    }

    @Test
    void theToolThatSelectsHasNoCrosshairAndTheHandMovesTheImage() {
        take(ToolKind.SELECT);
        assertThat(hand.arrow(ToolKey.LEFT, Modifiers.NONE)).isFalse();
        take(ToolKind.HAND);
        double before = display.camera().viewport().offsetX();
        assertThat(hand.arrow(ToolKey.RIGHT, Modifiers.NONE)).isTrue();
        assertThat(display.camera().viewport().offsetX()).isEqualTo(before - 40);
        assertThat(hand.crosshairProperty().get()).isEmpty();
    }

    @Test
    void whatIsDrawnByKeysIsWhatTheMouseDrawsAtTheSamePlaces() {
        bench.settingsProperty().set(bench.settingsProperty().get().withSnapping(true));
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        var kinds =
                List.of(
                        ToolKind.BOX,
                        ToolKind.EXTREME_POINTS,
                        ToolKind.POLYGON,
                        ToolKind.POINT,
                        ToolKind.WAND);
        for (int round = 0; round < 25; round++) {
            var kind = kinds.get(round % kinds.size());
            int clicks = kind == ToolKind.BOX ? 2 : kind == ToolKind.EXTREME_POINTS ? 4 : 5;
            var points =
                    java.util.stream.Stream.generate(
                                    () -> new Point(random.nextInt(200), random.nextInt(100)))
                            .limit(clicks)
                            .toList();
            take(kind);
            for (var point : points) {
                bench.moved(point);
                bench.pressed(point, Modifiers.NONE);
                bench.released(point, Modifiers.NONE);
            }
            bench.key(ToolKey.CONFIRM, Modifiers.NONE);
            bench.key(ToolKey.CANCEL, Modifiers.NONE);
            var byMouse = regions();
            while (!regions().isEmpty()) {
                workspace.undo();
            }
            take(ToolKind.SELECT);
            take(kind);
            for (var point : points) {
                go(point);
                hand.click(Modifiers.NONE);
            }
            bench.key(ToolKey.CONFIRM, Modifiers.NONE);
            bench.key(ToolKey.CANCEL, Modifiers.NONE);
            assertThat(regions()).as("%s at %s", kind, points).isEqualTo(byMouse);
            while (!regions().isEmpty()) {
                workspace.undo();
            }
        }
        assertThat(Optional.of(regions())).contains(List.of());
    }
}
