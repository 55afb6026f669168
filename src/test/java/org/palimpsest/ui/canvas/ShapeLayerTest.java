package org.palimpsest.ui.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.LaterTaskRunner;
import org.palimpsest.ui.support.Samples;

final class ShapeLayerTest {
    private static final Size IMAGE = new Size(400, 400);
    private static final int SIDE = 400;
    private static final Frame FRAME = Frame.of(new Viewport(1, 0, 0), SIDE, SIDE, 1, true);

    private final LaterTaskRunner tasks = new LaterTaskRunner();
    private final ShapeLayer layer = new ShapeLayer(tasks, () -> {});
    private ShapeIndex index = ShapeIndex.of(List.of(), IMAGE);

    @BeforeAll
    static void start() throws InterruptedException {
        FxThread.start();
    }

    @Test
    void fewShapesAreThereWithTheFirstFrame() throws Exception {
        FxThread.run(() -> {
            show(List.of(Samples.drawn("cat", new Box(100, 100, 200, 200))), Set.of());

            assertThat(isDrawn(100, 150)).isTrue();
            assertThat(isDrawn(250, 150)).isFalse();
        });
    }

    @Test
    void manyShapesAreDrawnInTheBackground() throws Exception {
        FxThread.run(() -> {
            show(grid(), Set.of());
            assertThat(isDrawn(100, 100)).isFalse();
            tasks.runAll();
            paint(FRAME, false);

            assertThat(isDrawn(100, 101)).isTrue();
        });
    }

    @Test
    void whatIsEditedWhileTheLayerIsDrawnIsRightAfterwards() throws Exception {
        FxThread.run(() -> {
            var shapes = new ArrayList<Annotation>(grid());
            show(shapes, Set.of());
            shapes.set(20 * 80 + 20, Samples.drawn("cat", new Box(390, 390, 399, 399)));
            edit(shapes, Set.of());
            paint(FRAME, false);
            tasks.runAll();
            paint(FRAME, false);

            assertThat(isDrawn(100, 101)).isFalse();
            assertThat(isDrawn(110, 101)).isTrue();
        });
    }

    @Test
    void whatIsTakenOutForTheSelectionIsGoneAtOnceAndComesBack() throws Exception {
        FxThread.run(() -> {
            var shapes = grid();
            show(shapes, Set.of());
            tasks.runAll();
            paint(FRAME, false);
            edit(shapes, Set.of(shapes.get(20 * 80 + 20).id()));
            paint(FRAME, false);
            assertThat(isDrawn(100, 101)).isFalse();
            assertThat(isDrawn(110, 101)).isTrue();
            edit(shapes, Set.of());
            paint(FRAME, false);

            assertThat(isDrawn(100, 101)).isTrue();
        });
    }

    @Test
    void whileTheViewIsZoomedTheOldShapesAreEnlarged() throws Exception {
        FxThread.run(() -> {
            show(grid(), Set.of());
            tasks.runAll();
            paint(FRAME, false);
            tasks.runAll();
            var zoomed = Frame.of(new Viewport(2, 0, 0), SIDE, SIDE, 1, false);
            paint(zoomed, true);
            assertThat(tasks.waiting()).isEmpty();
            assertThat(isDrawn(200, 203)).isTrue();
            paint(zoomed, false);
            tasks.runAll();
            paint(zoomed, false);

            assertThat(isDrawn(200, 203)).isTrue();
        });
    }

    @Test
    void anotherImageShowsNothingOfTheLastOne() throws Exception {
        FxThread.run(() -> {
            show(grid(), Set.of());
            tasks.runNext();
            show(List.of(Samples.drawn("cat", new Box(300, 300, 350, 350))), Set.of());
            tasks.runAll();
            paint(FRAME, false);

            assertThat(isDrawn(100, 101)).isFalse();
            assertThat(isDrawn(300, 325)).isTrue();
        });
    }

    private static List<Annotation> grid() {
        var shapes = new ArrayList<Annotation>();
        for (int i = 0; i < 6400; i++) {
            double x = 5 * (i % 80);
            double y = 5 * (i / 80);
            shapes.add(Samples.drawn("cat", new Box(x, y, x + 3, y + 3)));
        }
        return shapes;
    }

    private final Canvas canvas = new Canvas(SIDE, SIDE);

    private void show(List<? extends Annotation> shapes, Set<AnnotationId> leftOut) {
        index = ShapeIndex.of(List.copyOf(shapes), IMAGE);
        layer.use(ShapeIndex.Change.anew(index), looks(leftOut));
        paint(FRAME, false);
    }

    private void edit(List<? extends Annotation> shapes, Set<AnnotationId> leftOut) {
        var change = index.next(List.copyOf(shapes));
        index = change.index();
        layer.use(change, looks(leftOut));
    }

    private static ShapeLooks looks(Set<AnnotationId> leftOut) {
        return new ShapeLooks(Map.of("cat", 0xFF0000), leftOut, Set.of(), false, 1);
    }

    private void paint(Frame frame, boolean moving) {
        canvas.getGraphicsContext2D().clearRect(0, 0, SIDE, SIDE);
        layer.paint(canvas.getGraphicsContext2D(), frame, moving);
    }

    private boolean isDrawn(int x, int y) {
        var parameters = new SnapshotParameters();
        parameters.setFill(Color.TRANSPARENT);
        var image = canvas.snapshot(parameters, null);
        for (int dx = -1; dx <= 1; dx++) {
            if (image.getPixelReader().getArgb(x + dx, y) != 0) {
                return true;
            }
        }
        return false;
    }
}
