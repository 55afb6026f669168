package org.palimpsest.ui.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import de.saxsys.mvvmfx.FluentViewLoader;
import java.nio.file.Path;
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
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.ui.canvas.tool.PointTool;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ImmediateTaskRunner;
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
        var asked = new java.util.ArrayList<Box>();
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

    private void named(String label) throws Exception {
        FxThread.await("a label is asked for", () -> canvas.namingProperty().get().isPresent());
        FxThread.run(() -> canvas.name(label));
    }

    private void click(Point at) throws Exception {
        FxThread.run(() -> {
            robot.mouseMove(onScreen(at));
            robot.mousePress(MouseButton.PRIMARY);
        });
        FxThread.run(() -> robot.mouseRelease(MouseButton.PRIMARY));
    }

    private void drag(Point from, Point to) throws Exception {
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
        FxThread.run(() -> robot.mouseRelease(MouseButton.PRIMARY));
    }

    private Point2D onScreen(Point at) {
        var view = canvas.camera().viewport();
        return pane().localToScreen(view.toScreenX(at.x()), view.toScreenY(at.y()));
    }
}
