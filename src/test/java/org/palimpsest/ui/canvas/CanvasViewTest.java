package org.palimpsest.ui.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.imaging.ToneCurve;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.Samples;

final class CanvasViewTest {
    private static final Size IMAGE = new Size(800, 600);
    private static final int GREY = 0x606060;

    @TempDir Path folder;

    @BeforeAll
    static void start() throws InterruptedException {
        FxThread.start();
    }

    @Test
    void aMovedObjectLeavesNothingBehind() throws Exception {
        show(canvas -> {
            var box = add(canvas, "cat", new Box(100, 100, 200, 200));
            assertThat(differs(canvas.picture(), 100, 150)).isTrue();
            canvas.workspace.apply(
                    new ReplaceAnnotation(
                            canvas.workspace.current().image().id(),
                            box,
                            box.withRegion(new Box(400, 300, 500, 400))));

            var after = canvas.picture();
            assertThat(differs(after, 100, 150)).isFalse();
            assertThat(differs(after, 150, 80)).isFalse();
            assertThat(differs(after, 400, 350)).isTrue();
            canvas.workspace.apply(
                    RemoveAnnotations.from(canvas.workspace.current(), Set.of(box.id())));
            assertThat(differs(canvas.picture(), 400, 350)).isFalse();
        });
    }

    @Test
    void amongManyAnEditShowsLikewise() throws Exception {
        show(canvas -> {
            var many = new ArrayList<ObjectAnnotation>();
            for (int i = 0; i < 3000; i++) {
                double x = 10 * (i % 60);
                double y = 10 * (i / 60);
                many.add(Samples.drawn("n", new Box(x, y, x + 8, y + 8)));
            }
            canvas.workspace.apply(AddAnnotations.onTopOf(canvas.workspace.current(), many));
            assertThat(differs(canvas.picture(), 500, 254)).isTrue();
            var one = many.get(25 * 60 + 50);
            canvas.workspace.apply(
                    new ReplaceAnnotation(
                            canvas.workspace.current().image().id(),
                            one,
                            one.withRegion(new Box(700, 550, 720, 570))));

            var after = canvas.picture();
            assertThat(differs(after, 500, 254)).isFalse();
            assertThat(differs(after, 490, 254)).isTrue();
            assertThat(differs(after, 700, 560)).isTrue();
        });
    }

    @Test
    void rejectedAndHiddenObjectsAreNotDrawnUntilAskedFor() throws Exception {
        show(canvas -> {
            var rejected =
                    Samples.drawn("cat", new Box(100, 100, 200, 200))
                            .withReview(ReviewState.REJECTED);
            var hidden = Samples.drawn("dog", new Box(400, 300, 500, 400));
            canvas.workspace.apply(
                    AddAnnotations.onTopOf(canvas.workspace.current(), List.of(rejected, hidden)));
            canvas.viewModel.display().hiddenProperty().set(Set.of(hidden.id()));
            var without = canvas.picture();
            canvas.viewModel.display().rejectedShownProperty().set(true);
            canvas.viewModel.display().hiddenProperty().set(Set.of());
            var with = canvas.picture();

            assertThat(differs(without, 100, 101)).isFalse();
            assertThat(differs(without, 400, 350)).isFalse();
            assertThat(dotsOfEdge(with)).isBetween(20, 80);
            assertThat(differs(with, 400, 350)).isTrue();
        });
    }

    @Test
    void theSelectedObjectStaysOnTopAndBelowNothingOfItRemains() throws Exception {
        show(canvas -> {
            var box = add(canvas, "cat", new Box(100, 100, 200, 200));
            canvas.workspace.select(Set.of(box.id()));
            canvas.picture();
            canvas.workspace.apply(
                    RemoveAnnotations.from(canvas.workspace.current(), Set.of(box.id())));

            assertThat(differs(canvas.picture(), 100, 150)).isFalse();
        });
    }

    @Test
    void brightnessChangesWhatIsShown() throws Exception {
        show(canvas -> {
            canvas.viewModel.display().toneProperty().set(new ToneCurve(0.2, 1, 1));

            assertThat(canvas.picture().rgb(400, 300)).isEqualTo(0x939393);
        });
    }

    @Test
    void theMapShowsTheWholePicture() throws Exception {
        show(canvas -> {
            canvas.viewModel.display().overviewShownProperty().set(true);
            canvas.viewModel.camera().zoomAt(400, 300, 4);
            var picture = canvas.picture();

            assertThat(picture.rgb(60, 560)).isNotEqualTo(GREY);
        });
    }

    @Test
    void everythingTogetherLooksRight() throws Exception {
        for (var theme : List.of("PrimerLight", "PrimerDark")) {
            FxThread.run(() ->
                    CanvasStage.theme(
                            "/atlantafx/base/theme/"
                                    + (theme.endsWith("Light") ? "primer-light" : "primer-dark")
                                    + ".css"));
            show(canvas -> {
                fill(canvas);
                keep(canvas, theme + "-fit");
                canvas.viewModel.display().overviewShownProperty().set(true);
                canvas.viewModel.display().toneShownProperty().set(true);
                canvas.viewModel.camera().zoomAt(250, 200, 12);
                keep(canvas, theme + "-zoomed");
            });
        }
    }

    private static void fill(CanvasStage canvas) {
        var person = add(canvas, "person", new Box(60, 60, 220, 330));
        var predicted =
                ObjectAnnotation.of(
                        "traffic light with a very long name",
                        new Box(260, 70, 400, 250),
                        new Provenance.Predicted(
                                "toy", "detect", OptionalDouble.of(0.83), Samples.NOW));
        var rejected =
                Samples.predicted("dog", new Box(430, 60, 560, 200), "detect")
                        .withReview(ReviewState.REJECTED);
        var star = new ArrayList<Point>();
        for (int i = 0; i < 14; i++) {
            double reach = i % 2 == 0 ? 90 : 45;
            star.add(
                    new Point(
                            660 + reach * Math.cos(i * Math.PI / 7),
                            150 + reach * Math.sin(i * Math.PI / 7)));
        }
        Region polygon =
                new Polygon(
                        star,
                        List.of(
                                List.of(
                                        new Point(640, 130),
                                        new Point(680, 130),
                                        new Point(660, 170))));
        Region mask =
                Mask.of(
                        IMAGE.width(),
                        IMAGE.height(),
                        (x, y) -> Math.hypot(x - 380, (y - 420) * 1.6) < 110);
        var all =
                List.of(
                        predicted,
                        rejected,
                        Samples.drawn("star", polygon),
                        Samples.predicted("blob", new Polygon(shifted(star, 0, 260)), "segment"),
                        Samples.drawn("lake", mask),
                        Samples.drawn("car", new Box(60, 400, 180, 520)),
                        Samples.drawn("tiny", new Box(250, 560, 252, 562)));
        canvas.workspace.apply(AddAnnotations.onTopOf(canvas.workspace.current(), all));
        var display = canvas.viewModel.display();
        display.rejectedShownProperty().set(true);
        display.lockedProperty().set(Set.of(all.get(5).id()));
        display.arrivingProperty()
                .set(List.of(Samples.predicted("cup", new Box(200, 430, 260, 500), "detect")));
        display.spreadsProperty()
                .set(
                        Map.of(
                                predicted.id(),
                                new EdgeSpread(
                                        new EdgeSpread.Range(255, 268),
                                        new EdgeSpread.Range(64, 74),
                                        new EdgeSpread.Range(380, 410),
                                        new EdgeSpread.Range(246, 252))));
        canvas.workspace.select(Set.<AnnotationId>of(person.id(), predicted.id()));
    }

    private static List<Point> shifted(List<Point> ring, double x, double y) {
        return ring.stream().map(point -> point.translate(x, y)).toList();
    }

    private static void keep(CanvasStage canvas, String name) {
        try {
            CanvasStage.keep(canvas.picture(), name);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectAnnotation add(CanvasStage canvas, String label, Box box) {
        return Samples.addBox(canvas.workspace, label, box);
    }

    /// Whether something lies over the grey picture, which is shown pixel by pixel from the corner.
    private static boolean differs(Picture picture, int x, int y) {
        for (int dx = -1; dx <= 1; dx++) {
            if (picture.rgb(x + dx, y) != GREY) {
                return true;
            }
        }
        return false;
    }

    private static int dotsOfEdge(Picture picture) {
        int dots = 0;
        for (int x = 100; x < 200; x++) {
            dots += picture.rgb(x, 199) == GREY && picture.rgb(x, 200) == GREY ? 0 : 1;
        }
        return dots;
    }

    private void show(Consumer<CanvasStage> work) throws Exception {
        FxThread.run(() -> {
            try (var canvas =
                    new CanvasStage(
                            new ImmediateTaskRunner(), folder, IMAGE.width(), IMAGE.height())) {
                canvas.open(List.of(image()));
                canvas.viewModel.camera().actualSize();
                work.accept(canvas);
            }
        });
    }

    private ImageEntry image() {
        var rgb = new byte[3 * IMAGE.width() * IMAGE.height()];
        java.util.Arrays.fill(rgb, (byte) GREY);
        Path file = folder.resolve("grey.png");
        try {
            ImageFiles.writePng(new Picture(IMAGE.width(), IMAGE.height(), rgb), file);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return new ImageEntry(ImageId.random(), file, IMAGE);
    }
}
