package org.palimpsest.ui.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.PointTool;
import org.palimpsest.ui.canvas.tool.Preview;
import org.palimpsest.ui.canvas.tool.ToolKey;
import org.palimpsest.ui.canvas.tool.ToolSettings;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

/// The bench with its commands, on a real project.
final class ToolBenchTest {
    @TempDir Path folder;

    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private final Commands commands = new Commands();
    private CanvasDisplay display;
    private ToolBench bench;

    @BeforeEach
    void open() throws ProblemException {
        Samples.open(workspace, Samples.images(folder, 2));
        display = Displays.display(workspace, tasks, folder);
        display.camera().resize(248, 148);
        bench = new ToolBench(workspace, display, dialogs);
        new ToolCommands(bench, workspace, display, tasks, commands);
        workspace.currentImageProperty().addListener((_, _, image) -> display.show(image));
        display.show(workspace.currentImage());
    }

    private List<ObjectAnnotation> objects() {
        return workspace.current().objects();
    }

    private ObjectAnnotation add(String label, Box box) {
        return Samples.addBox(workspace, label, box);
    }

    private void select(ObjectAnnotation... objects) {
        workspace.select(Set.copyOf(List.of(objects).stream().map(ObjectAnnotation::id).toList()));
    }

    private void click(double x, double y) {
        bench.pressed(new Point(x, y), Modifiers.NONE);
        bench.released(new Point(x, y), Modifiers.NONE);
    }

    private void drag(double fromX, double fromY, double toX, double toY) {
        bench.pressed(new Point(fromX, fromY), Modifiers.NONE);
        bench.dragged(new Point(toX, toY), Modifiers.NONE);
        bench.released(new Point(toX, toY), Modifiers.NONE);
    }

    @Test
    void everyToolDrawsWhatItIsFor() {
        commands.run(Command.BOX_TOOL);
        drag(10, 10, 50, 30);
        commands.run(Command.EXTREME_POINTS_TOOL);
        click(100, 20);
        click(120, 40);
        click(80, 45);
        click(100, 60);
        commands.run(Command.POLYGON_TOOL);
        click(140, 20);
        click(180, 20);
        click(160, 60);
        commands.run(Command.RENAME); // Enter closes it.
        commands.run(Command.POINT_TOOL);
        click(20.5, 80.5);
        workspace.select(Set.of());
        commands.run(Command.BRUSH_TOOL);
        drag(60, 80, 90, 80);
        commands.run(Command.ERASER_TOOL);
        click(75, 80);
        commands.run(Command.WAND_TOOL);
        workspace.select(Set.of());
        click(5, 5);

        assertThat(objects())
                .extracting(ObjectAnnotation::region)
                .satisfiesExactly(
                        box -> assertThat(box).isEqualTo(new Box(10, 10, 50, 30)),
                        extreme -> assertThat(extreme).isEqualTo(new Box(80, 20, 120, 60)),
                        polygon ->
                                assertThat(polygon)
                                        .isEqualTo(
                                                new Polygon(
                                                        List.of(
                                                                new Point(140, 20),
                                                                new Point(180, 20),
                                                                new Point(160, 60)))),
                        point -> assertThat(point).isEqualTo(new Box(20, 80, 21, 81)),
                        mask ->
                                assertThat(mask)
                                        .isEqualTo(
                                                Mask.empty(Samples.SIZE)
                                                        .painted(
                                                                List.of(
                                                                        new Point(60, 80),
                                                                        new Point(90, 80)),
                                                                10)
                                                        .erased(List.of(new Point(75, 80)), 10)),
                        wand -> assertThat(wand.area()).isEqualTo(200 * 100));
        assertThat(PointTool.isPoint(objects().get(3))).isTrue();
        assertThat(dialogs.messages).isEmpty();
    }

    @Test
    void everyGestureIsOneStepThatIsUndone() {
        commands.run(Command.BRUSH_TOOL);
        drag(60, 80, 90, 80);
        drag(60, 40, 90, 40);
        var both = objects().getFirst().region();
        workspace.undo();
        assertThat(objects().getFirst().region().area()).isLessThan(both.area());
        workspace.redo();
        assertThat(objects().getFirst().region()).isEqualTo(both);
    }

    @Test
    void theSelectedObjectShowsItsHandlesWhereverTheSelectionComesFrom() {
        var box = add("car", new Box(10, 10, 50, 50));
        assertThat(bench.previewProperty().get()).isEqualTo(Preview.NONE);
        select(box);
        assertThat(bench.previewProperty().get().grips()).hasSize(8);
        display.lockedProperty().set(Set.of(box.id()));
        assertThat(bench.previewProperty().get()).isEqualTo(Preview.NONE);
        display.lockedProperty().set(Set.of());
        workspace.apply(
                ReplaceAnnotation.in(workspace.current(), box.withRegion(new Box(20, 20, 50, 50))));
        assertThat(bench.previewProperty().get().grips().getFirst().at())
                .isEqualTo(new Point(20, 20));
        commands.run(Command.BOX_TOOL);
        assertThat(bench.previewProperty().get()).isEqualTo(Preview.NONE);
    }

    @Test
    void theBrushIsShownUnderThePointerAndGrowsThere() {
        commands.run(Command.BRUSH_TOOL);
        bench.moved(new Point(30, 30));
        assertThat(bench.previewProperty().get().brush().orElseThrow().radius()).isEqualTo(10);
        commands.run(Command.LARGER_BRUSH);
        assertThat(bench.previewProperty().get().brush().orElseThrow().radius()).isEqualTo(12.5);
        commands.run(Command.SMALLER_BRUSH);
        assertThat(bench.settingsProperty().get()).isEqualTo(ToolSettings.DEFAULT);
        bench.exited();
        assertThat(bench.previewProperty().get()).isEqualTo(Preview.NONE);
        commands.run(Command.WAND_TOOL);
        commands.run(Command.LARGER_BRUSH);
        assertThat(bench.settingsProperty().get())
                .isEqualTo(ToolSettings.DEFAULT.withTolerance(28));
    }

    @Test
    void aHintSaysWhyNothingHappens() {
        add("car", new Box(10, 10, 50, 50));
        commands.run(Command.ERASER_TOOL);
        bench.pressed(new Point(20, 20), Modifiers.NONE);

        assertThat(dialogs.messages)
                .containsExactly(
                        "Select a mask first. A box or polygon is turned into a mask by “Turn into"
                                + " a mask”.");
    }

    @Test
    void aMarkedRegionIsHandedOn() {
        var asked = new ArrayList<Box>();
        bench.onAskRegion(asked::add);
        commands.run(Command.REGION_TOOL);
        drag(20, 20, 80, 60);

        assertThat(asked).containsExactly(new Box(20, 20, 80, 60));
        assertThat(objects()).isEmpty();
    }

    @Test
    void allSelectedObjectsAreRenamedInOneStep() {
        var car = add("car", new Box(10, 10, 50, 50));
        var bus = add("bus", new Box(60, 10, 90, 50));
        select(car, bus);
        commands.run(Command.RENAME);
        bench.name("truck");
        assertThat(objects()).extracting(ObjectAnnotation::label).containsOnly("truck");
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("rename 2 objects");
        workspace.undo();
        assertThat(objects()).extracting(ObjectAnnotation::label).containsExactly("car", "bus");
    }

    @Test
    void deleteTakesTheLastVertexThenTheClickedVertexThenTheSelection() {
        commands.run(Command.POLYGON_TOOL);
        click(20, 20);
        click(80, 20);
        click(80, 60);
        click(150, 90);
        commands.run(Command.DELETE);
        click(20, 60);
        commands.run(Command.RENAME);
        bench.cancelNaming();
        commands.run(Command.SELECT_TOOL);
        click(80, 60);
        commands.run(Command.DELETE);
        assertThat(((Polygon) objects().getFirst().region()).exterior())
                .containsExactly(new Point(20, 20), new Point(80, 20), new Point(20, 60));
        commands.run(Command.DELETE);
        assertThat(objects()).isEmpty();
    }

    @Test
    void lockedObjectsAreNotDeletedAndHiddenOnesAreNotWalkedThrough() {
        var car = add("car", new Box(10, 10, 50, 50));
        var bus = add("bus", new Box(60, 10, 90, 50));
        select(car);
        commands.run(Command.LOCK);
        commands.run(Command.DELETE);
        assertThat(objects()).hasSize(2);
        assertThat(dialogs.messages).hasSize(1);
        commands.run(Command.LOCK);
        assertThat(display.lockedProperty().get()).isEmpty();
        select(bus);
        commands.run(Command.HIDE);
        assertThat(workspace.selection()).isEmpty();
        commands.run(Command.SELECT_ALL);
        assertThat(workspace.selection()).containsExactly(car.id());
        commands.run(Command.NEXT_OBJECT);
        assertThat(workspace.selection()).containsExactly(car.id());
        commands.run(Command.SHOW_ALL);
        commands.run(Command.NEXT_OBJECT);
        assertThat(workspace.selection()).containsExactly(bus.id());
    }

    @Test
    void objectsAreCopiedToAnotherImageAndBesideThemselvesInTheirOwn() {
        workspace.apply(
                AddAnnotations.onTopOf(
                        workspace.current(),
                        List.of(Samples.predicted("car", new Box(10, 10, 50, 50), "detect car"))));
        select(objects().getFirst());
        assertThat(commands.enabled(Command.PASTE).get()).isFalse();
        commands.run(Command.COPY);
        commands.run(Command.PASTE);
        assertThat(objects())
                .extracting(object -> object.region().bounds().xMin())
                .containsExactly(10.0, 22.0);
        workspace.step(1);
        commands.run(Command.PASTE);

        var copy = objects().getFirst();
        assertThat(copy.region()).isEqualTo(new Box(10, 10, 50, 50));
        assertThat(copy.provenance()).isEqualTo(new Provenance.Drawn("ada", Samples.NOW));
        assertThat(workspace.selection()).containsExactly(copy.id());
        workspace.undo();
        assertThat(objects()).isEmpty();
    }

    @Test
    void propagatingGoesToTheNextImageWithWhatItLacks() {
        add("car", new Box(10, 10, 50, 50));
        var bus = add("bus", new Box(60, 10, 90, 50));
        workspace.apply(
                ReplaceAnnotation.in(workspace.current(), bus.withReview(ReviewState.REJECTED)));
        var first = workspace.currentImage();
        commands.run(Command.PROPAGATE);
        assertThat(workspace.currentImage()).isNotEqualTo(first);
        assertThat(objects()).extracting(ObjectAnnotation::label).containsExactly("car");
        assertThat(workspace.selection()).containsExactly(objects().getFirst().id());

        workspace.show(first);
        commands.run(Command.PROPAGATE);
        assertThat(objects()).hasSize(1);
        assertThat(dialogs.messages)
                .containsExactly("1 object copied to this image", "The objects are there already");
        commands.run(Command.PROPAGATE); // There is no further image.
        assertThat(objects()).hasSize(1);
    }

    @Test
    void theLastObjectIsDrawnAgain() {
        commands.run(Command.BOX_TOOL);
        drag(10, 10, 50, 30);
        bench.name("car");
        workspace.select(Set.of());
        commands.run(Command.REPEAT);
        assertThat(objects())
                .extracting(ObjectAnnotation::region)
                .containsExactly(new Box(10, 10, 50, 30), new Box(22, 22, 62, 42));
        workspace.step(1);
        commands.run(Command.REPEAT);
        assertThat(objects()).extracting(ObjectAnnotation::label).containsExactly("car");
        assertThat(objects().getFirst().region()).isEqualTo(new Box(10, 10, 50, 30));
    }

    @Test
    void duplicatesAreSelectedForDeletion() {
        add("car", new Box(10, 10, 50, 50));
        var twin = add("car", new Box(10, 10, 50, 51));
        commands.run(Command.SELECT_DUPLICATES);
        assertThat(workspace.selection()).containsExactly(twin.id());
        commands.run(Command.DELETE);
        commands.run(Command.SELECT_DUPLICATES);
        assertThat(dialogs.messages).containsExactly("1 duplicate selected", "No duplicates found");
    }

    @Test
    void shapesAreCombinedReorderedAndConvertedByCommands() {
        var car = add("car", new Box(10, 10, 90, 50));
        var bus = add("bus", new Box(30, 0, 60, 60));
        select(car, bus);
        commands.run(Command.SUBTRACT);
        assertThat(objects().getFirst().region()).isInstanceOf(MultiPolygon.class);
        assertThat(commands.enabled(Command.UNITE).get()).isFalse();
        commands.run(Command.TO_MASK);
        assertThat(objects().getFirst().region()).isInstanceOf(Mask.class);
        commands.run(Command.TO_BOX);
        assertThat(objects().getFirst().region()).isEqualTo(new Box(10, 10, 90, 50));
        var top = add("van", new Box(0, 0, 9, 9));
        commands.run(Command.BRING_TO_FRONT);
        assertThat(objects()).extracting(ObjectAnnotation::id).containsExactly(top.id(), car.id());
        workspace.undo();
        assertThat(objects()).extracting(ObjectAnnotation::id).containsExactly(car.id(), top.id());
    }

    @Test
    void anotherImageEndsWhatIsUnderWay() {
        commands.run(Command.POLYGON_TOOL);
        click(20, 20);
        click(80, 20);
        bench.leaveImage();
        workspace.step(1);
        bench.moved(new Point(50, 50));

        assertThat(bench.previewProperty().get()).isEqualTo(Preview.NONE);
        assertThat(bench.key(ToolKey.BACK, Modifiers.NONE)).isFalse();
    }

    @Test
    void snappingIsSwitchedOffAndOn() {
        commands.run(Command.SNAPPING);
        assertThat(bench.settingsProperty().get().snapping()).isFalse();
        commands.run(Command.SNAPPING);
        assertThat(bench.settingsProperty().get().snapping()).isTrue();
    }
}
