package org.palimpsest.ui.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import de.saxsys.mvvmfx.FluentViewLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.PointTool;
import org.palimpsest.ui.canvas.tool.ToolKey;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.Pictures;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Draws with each tool through the canvas, with a mouse, on a headless platform.
@Timeout(120)
final class CanvasToolsTest {
    @TempDir Path folder;

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Commands commands = new Commands();
    private Workspace workspace;
    private CanvasViewModel canvas;
    private Stage stage;
    private Robot robot;

    @BeforeAll
    static void startJavaFx() throws Exception {
        FxThread.start();
    }

    @BeforeEach
    void openWindow() throws Exception {
        var images = Samples.images(folder, 1);
        FxThread.run(() -> {
            var tasks = new ImmediateTaskRunner();
            workspace = Samples.workspace(tasks, dialogs);
            Samples.open(workspace, images);
            var opener = Samples.opener(workspace, dialogs, tasks, folder);
            canvas = Displays.canvas(workspace, opener, new Pointer(), tasks, dialogs, folder);
            new ToolCommands(canvas.bench(), workspace, canvas.display(), tasks, commands);
            var view =
                    FluentViewLoader.fxmlView(CanvasView.class)
                            .viewModel(canvas)
                            .resourceBundle(Texts.bundle())
                            .load()
                            .getView();
            stage = new Stage();
            stage.setScene(new Scene(view, 900, 500));
            stage.setX(0);
            stage.setY(0);
            stage.show();
            stage.requestFocus();
            robot = new Robot();
        });
        FxThread.await("the image is shown", () -> pane().getWidth() > 100);
    }

    @AfterEach
    void closeWindow() throws Exception {
        FxThread.run(() -> {
            stage.close();
            workspace.use(null);
        });
    }

    @Test
    void everyToolDrawsWithTheMouse() throws Exception {
        take(Command.BOX_TOOL);
        drag(new Point(10, 10), new Point(50, 30));
        named("car");

        take(Command.EXTREME_POINTS_TOOL);
        for (var point :
                List.of(
                        new Point(100, 20),
                        new Point(120, 40),
                        new Point(80, 45),
                        new Point(100, 60))) {
            click(point);
        }
        named("bus");

        take(Command.POLYGON_TOOL);
        click(new Point(140, 10));
        click(new Point(180, 10));
        click(new Point(180, 40));
        click(new Point(140, 10));
        named("sign");

        take(Command.POINT_TOOL);
        click(new Point(20.5, 80.5));
        FxThread.run(() -> workspace.select(Set.of()));
        take(Command.BRUSH_TOOL);
        drag(new Point(60, 80), new Point(90, 80));
        take(Command.ERASER_TOOL);
        click(new Point(75, 80));
        FxThread.run(() -> workspace.select(Set.of()));
        take(Command.WAND_TOOL);
        click(new Point(150, 90));
        named("ground");

        assertThat(FxThread.call(this::objects))
                .extracting(ObjectAnnotation::label)
                .containsExactly("car", "bus", "sign", "sign", "sign", "ground");
        assertThat(FxThread.call(this::objects))
                .extracting(ObjectAnnotation::region)
                .satisfiesExactly(
                        box -> assertThat(box).isEqualTo(new Box(10, 10, 50, 30)),
                        extreme -> assertThat(extreme).isEqualTo(new Box(80, 20, 120, 60)),
                        polygon -> assertThat(polygon.area()).isBetween(590.0, 610.0),
                        point -> assertThat(point).isEqualTo(new Box(20, 80, 21, 81)),
                        mask -> assertThat(mask.area()).isBetween(580.0, 680.0),
                        wand -> assertThat(wand.area()).isEqualTo(200 * 100));
        assertThat(PointTool.isPoint(objects().get(3))).isTrue();
    }

    @Test
    void shapesAreCorrectedWithTheMouse() throws Exception {
        var box = FxThread.call(() -> Samples.addBox(workspace, "car", new Box(20, 20, 80, 60)));
        take(Command.SELECT_TOOL);
        click(new Point(50, 40));
        drag(new Point(80, 60), new Point(100, 70));
        assertThat(FxThread.call(() -> objects().getFirst().region()))
                .isEqualTo(new Box(20, 20, 100, 70));

        FxThread.run(() -> commands.run(Command.TO_POLYGON));
        drag(new Point(100, 70), new Point(120, 90));
        assertThat(((Polygon) FxThread.call(() -> objects().getFirst().region())).exterior())
                .hasSize(4)
                .anySatisfy(
                        point -> assertThat(point.distanceTo(new Point(120, 90))).isLessThan(0.5));
        drag(new Point(60, 20), new Point(60, 5));
        assertThat(((Polygon) FxThread.call(() -> objects().getFirst().region())).exterior())
                .hasSize(5);

        FxThread.run(() -> commands.run(Command.TO_MASK));
        take(Command.SIMPLIFY);
        FxThread.run(() -> commands.run(Command.RENAME));
        var region = FxThread.call(() -> objects().getFirst().region());
        assertThat(region).isInstanceOf(Polygon.class);
        FxThread.run(() -> {
            for (int i = 0; i < 7; i++) {
                workspace.undo();
            }
        });
        assertThat(FxThread.call(this::objects)).isEmpty();
        assertThat(box.region()).isNotInstanceOf(Mask.class);
    }

    @Test
    void measuringAndMarkingShowButKeepNothing() throws Exception {
        var asked = new ArrayList<Box>();
        FxThread.run(() -> canvas.bench().onAskRegion(asked::add));
        take(Command.MEASURE_TOOL);
        drag(new Point(10, 10), new Point(40, 50));
        assertThat(FxThread.call(() -> canvas.previewProperty().get().note())).isPresent();
        take(Command.REGION_TOOL);
        drag(new Point(20, 20), new Point(80, 60));
        take(Command.HAND_TOOL);
        var before = FxThread.call(() -> canvas.camera().viewport());
        drag(new Point(100, 50), new Point(90, 45));

        assertThat(FxThread.call(() -> canvas.camera().viewport().offsetX()))
                .isLessThan(before.offsetX());
        assertThat(asked).containsExactly(new Box(20, 20, 80, 60));
        assertThat(FxThread.call(this::objects)).isEmpty();
    }

    @Test
    void whatEachGestureShowsIsDrawnOverTheImage() throws Exception {
        FxThread.run(() -> {
            Samples.addBox(workspace, "car", new Box(20, 15, 80, 60));
            var polygon =
                    Samples.drawn(
                            "pond",
                            new Polygon(
                                    List.of(
                                            new Point(110, 20),
                                            new Point(180, 15),
                                            new Point(190, 70),
                                            new Point(150, 90),
                                            new Point(105, 60)),
                                    List.of(
                                            List.of(
                                                    new Point(140, 40),
                                                    new Point(160, 40),
                                                    new Point(150, 60)))));
            workspace.apply(AddAnnotations.onTopOf(workspace.current(), List.of(polygon)));
            workspace.select(Set.of(polygon.id()));
        });
        int plain = picture("vertices");
        FxThread.run(() -> workspace.select(Set.of()));
        assertThat(picture("nothing")).isNotEqualTo(plain);

        take(Command.SELECT_TOOL);
        click(new Point(50, 40));
        press(new Point(50, 40), new Point(77, 42));
        picture("moving-snapped");
        release();
        take(Command.POLYGON_TOOL);
        click(new Point(30, 70));
        click(new Point(60, 70));
        click(new Point(60, 90));
        move(new Point(31, 71));
        picture("polygon-closing");
        FxThread.run(() -> canvas.key(ToolKey.CANCEL, Modifiers.NONE));
        take(Command.BRUSH_TOOL);
        press(new Point(20, 80), new Point(90, 85));
        picture("brush");
        release();
        take(Command.ERASER_TOOL);
        press(new Point(40, 80), new Point(50, 85));
        picture("eraser");
        release();
        take(Command.EXTREME_POINTS_TOOL);
        click(new Point(10, 10));
        click(new Point(30, 5));
        move(new Point(40, 20));
        picture("extreme-points");
        FxThread.run(() -> canvas.key(ToolKey.CANCEL, Modifiers.NONE));
        take(Command.MEASURE_TOOL);
        press(new Point(20, 20), new Point(120, 70));
        release();
        picture("measure");
        take(Command.REGION_TOOL);
        press(new Point(90, 10), new Point(160, 80));
        picture("region");
        release();
        FxThread.run(() -> workspace.select(Set.of(objects().getLast().id())));
        take(Command.SIMPLIFY);
        int simplified = picture("simplify");
        FxThread.run(() -> canvas.key(ToolKey.LARGER, Modifiers.NONE));
        assertThat(picture("simplify-more")).isNotEqualTo(simplified);
    }

    /// Writes what the canvas shows now, and gives a hash of its pixels.
    private int picture(String name) throws Exception {
        FxThread.run(() -> {}); // The canvas draws with the next pulse.
        Thread.sleep(60);
        var file =
                FxThread.call(() -> Pictures.write(stage.getScene().getRoot(), "tools-" + name, 1));
        return Arrays.hashCode(Files.readAllBytes(file));
    }

    private List<ObjectAnnotation> objects() {
        var image = workspace.current();
        return image == null ? List.of() : image.objects();
    }

    private CanvasPane pane() {
        return (CanvasPane) stage.getScene().lookup(".canvas-pane");
    }

    private void take(Command tool) throws Exception {
        FxThread.run(() -> assertThat(commands.run(tool)).isTrue());
    }

    /// Gives what was just drawn its label, whether it was asked for or not.
    private void named(String label) throws Exception {
        FxThread.run(() -> {
            canvas.beginNaming();
            canvas.name(label);
        });
    }

    private void click(Point at) throws Exception {
        FxThread.run(() -> {
            robot.mouseMove(onScreen(at));
            robot.mousePress(MouseButton.PRIMARY);
        });
        FxThread.run(() -> robot.mouseRelease(MouseButton.PRIMARY));
    }

    private void drag(Point from, Point to) throws Exception {
        press(from, to);
        release();
    }

    /// Holds the button and goes to a point in four steps.
    private void press(Point from, Point to) throws Exception {
        FxThread.run(() -> {
            robot.mouseMove(onScreen(from));
            robot.mousePress(MouseButton.PRIMARY);
        });
        for (int step = 1; step <= 4; step++) {
            double share = step / 4.0;
            FxThread.run(() ->
                    robot.mouseMove(
                            onScreen(
                                    new Point(
                                            from.x() + (to.x() - from.x()) * share,
                                            from.y() + (to.y() - from.y()) * share))));
        }
    }

    private void release() throws Exception {
        FxThread.run(() -> robot.mouseRelease(MouseButton.PRIMARY));
    }

    private void move(Point to) throws Exception {
        FxThread.run(() -> robot.mouseMove(onScreen(to)));
    }

    private Point2D onScreen(Point at) {
        var view = canvas.camera().viewport();
        return pane().localToScreen(view.toScreenX(at.x()), view.toScreenY(at.y()));
    }
}
