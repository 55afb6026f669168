package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;

final class SelectToolTest {
    private final FixedScene scene = new FixedScene();
    private final SelectTool tool = new SelectTool();

    @Test
    void aClickSelectsTheSmallestObjectUnderIt() {
        var small = scene.add("small", new Box(40, 40, 60, 60));
        scene.add("large", new Box(0, 0, 200, 100));

        click(50, 50);

        assertThat(scene.selection()).containsExactly(small.id());
    }

    @Test
    void aSecondClickOnTheSamePlaceTakesTheObjectBeneathAndThenBeginsAgain() {
        var small = scene.add("small", new Box(40, 40, 60, 60));
        var large = scene.add("large", new Box(0, 0, 200, 100));

        click(50, 50);
        click(50, 50);
        assertThat(scene.selection()).containsExactly(large.id());
        click(50, 50);
        assertThat(scene.selection()).containsExactly(small.id());
    }

    @Test
    void aClickOnFreeSpaceSelectsNothing() {
        var box = scene.add("box", new Box(10, 10, 30, 30));
        scene.select(box);

        click(150, 80);

        assertThat(scene.selection()).isEmpty();
    }

    @Test
    void shiftClickAddsAndTakesAway() {
        var first = scene.add("first", new Box(10, 10, 30, 30));
        var second = scene.add("second", new Box(60, 10, 80, 30));
        click(20, 20);

        shiftClick(70, 20);
        assertThat(scene.selection()).containsExactlyInAnyOrder(first.id(), second.id());
        shiftClick(20, 20);
        assertThat(scene.selection()).containsExactly(second.id());
    }

    @Test
    void aFrameSelectsWhatLiesWhollyInside() {
        var inside = scene.add("inside", new Box(20, 20, 40, 40));
        scene.add("crossing", new Box(50, 20, 120, 40));

        press(10, 10);
        assertThat(drag(90, 60))
                .isEqualTo(new ToolEffect.Show(Preview.ofFrame(new Box(10, 10, 90, 60))));
        scene.follow(release(90, 60));

        assertThat(scene.selection()).containsExactly(inside.id());
    }

    @Test
    void draggingMovesTheObjectByWholePixelsAndCorrectsIt() {
        var box = scene.add("box", new Box(10, 10, 50, 50));

        press(30, 30);
        assertThat(drag(45.3, 34.6))
                .isEqualTo(
                        new ToolEffect.Show(
                                Preview.ofMoved(Map.of(box.id(), new Box(25, 15, 65, 55)))));
        var commit = (ToolEffect.Commit) release(45.3, 34.6);

        assertThat(after(commit).region()).isEqualTo(new Box(25, 15, 65, 55));
        assertThat(after(commit).provenance()).isInstanceOf(Provenance.Drawn.class);
        assertThat(commit.naming()).isFalse();
    }

    @Test
    void aTremblingClickIsNoMove() {
        scene.add("box", new Box(10, 10, 90, 90));

        press(30, 30);
        assertThat(drag(32, 31)).isEqualTo(ToolEffect.NOTHING);
        assertThat(release(32, 31)).isInstanceOf(ToolEffect.Select.class);
    }

    @Test
    void anObjectStopsAtTheEdgeOfTheImage() {
        scene.add("box", new Box(10, 10, 50, 50));

        press(30, 30);
        drag(-400, 900);
        var commit = (ToolEffect.Commit) release(-400, 900);

        assertThat(after(commit).region()).isEqualTo(new Box(0, 60, 40, 100));
    }

    @Test
    void allSelectedObjectsMoveTogetherAsOneStep() {
        var first = scene.add("first", new Box(10, 10, 30, 30));
        var second = scene.add("second", new Box(60, 10, 80, 30));
        scene.select(first, second);

        press(20, 20);
        drag(30, 30);
        var commit = (ToolEffect.Commit) release(30, 30);

        var edits = ((EditGroup) commit.edit()).edits();
        assertThat(edits.stream().map(edit -> ((ReplaceAnnotation) edit).after()))
                .extracting(annotation -> ((ObjectAnnotation) annotation).region())
                .containsExactly(new Box(20, 20, 40, 40), new Box(70, 20, 90, 40));
        assertThat(commit.selection()).isEqualTo(Set.of(first.id(), second.id()));
    }

    @Test
    void everyHandleMovesItsOwnSides() {
        var expected =
                Map.of(
                        Handle.TOP_LEFT, new Box(25, 35, 60, 60),
                        Handle.TOP, new Box(20, 35, 60, 60),
                        Handle.TOP_RIGHT, new Box(20, 35, 65, 60),
                        Handle.RIGHT, new Box(20, 20, 65, 60),
                        Handle.BOTTOM_RIGHT, new Box(20, 20, 65, 75),
                        Handle.BOTTOM, new Box(20, 20, 60, 75),
                        Handle.BOTTOM_LEFT, new Box(25, 20, 60, 75),
                        Handle.LEFT, new Box(25, 20, 60, 60));
        for (var handle : Handle.values()) {
            var other = new FixedScene();
            var box = other.add("box", new Box(20, 20, 60, 60));
            other.select(box);
            var grip = handle.on((Box) box.region());
            tool.pressed(grip, Modifiers.NONE, other);
            var commit =
                    (ToolEffect.Commit) tool.released(grip.translate(5, 15), Modifiers.NONE, other);

            assertThat(after(commit).region()).as(handle.name()).isEqualTo(expected.get(handle));
        }
    }

    @Test
    void aHandlePulledOverTheOppositeSideTurnsTheBoxOver() {
        var box = scene.add("box", new Box(20, 20, 60, 60));
        scene.select(box);

        press(20, 40);
        var commit = (ToolEffect.Commit) release(90, 40);

        assertThat(after(commit).region()).isEqualTo(new Box(60, 20, 90, 60));
    }

    @Test
    void aBoxIsNeverResizedToNothing() {
        var box = scene.add("box", new Box(20, 20, 60, 60));
        scene.select(box);

        press(20, 40);

        assertThat(release(60.2, 40)).isEqualTo(ToolEffect.DISCARD);
    }

    @Test
    void arrowKeysMoveByOnePixelAndWithShiftByTen() {
        var box = scene.add("box", new Box(20, 20, 60, 60));
        scene.select(box);

        var right = (ToolEffect.Commit) tool.key(ToolKey.RIGHT, Modifiers.NONE, scene);
        var up = (ToolEffect.Commit) tool.key(ToolKey.UP, Modifiers.SHIFT, scene);

        assertThat(after(right).region()).isEqualTo(new Box(21, 20, 61, 60));
        assertThat(after(up).region()).isEqualTo(new Box(20, 10, 60, 50));
    }

    @Test
    void cancelEndsAMoveFirstAndTheSelectionNext() {
        scene.add("box", new Box(20, 20, 60, 60));
        press(40, 40);
        drag(60, 60);

        assertThat(key(ToolKey.CANCEL)).isEqualTo(ToolEffect.DISCARD);
        assertThat(scene.selection()).hasSize(1);
        assertThat(key(ToolKey.CANCEL)).isEqualTo(new ToolEffect.Select(Set.of()));
        assertThat(key(ToolKey.CANCEL)).isEqualTo(ToolEffect.NOTHING);
    }

    @Test
    void aMaskIsHitByItsPixelsOnlyAndKeepsItsFormWhenMoved() {
        var ring =
                Mask.of(
                        200,
                        100,
                        (x, y) -> {
                            double r = Math.hypot(x - 50, y - 50);
                            return r < 30 && r > 15;
                        });
        var mask = scene.add("ring", ring);

        click(50, 50);
        assertThat(scene.selection()).isEmpty();
        click(50, 30);
        assertThat(scene.selection()).containsExactly(mask.id());
        press(50, 30);
        drag(80, 30);
        var moved = (Mask) after((ToolEffect.Commit) release(80, 30)).region();

        assertThat(moved.bounds()).isEqualTo(ring.bounds().translate(30, 0));
        assertThat(moved.pixelCount()).isEqualTo(ring.pixelCount());
        assertThat(moved.get(80, 50)).isFalse();
        assertThat(moved.get(80, 30)).isTrue();
    }

    @Test
    void aPolygonIsHitInsideButNotInItsHoleAndStretches() {
        var polygon = scene.add("frame", new Polygon(diamond(40), List.of(ring(40, 40, 60, 60))));

        click(50, 50);
        assertThat(scene.selection()).isEmpty();
        click(20, 50);
        assertThat(scene.selection()).containsExactly(polygon.id());
        press(90, 90);
        var commit = (ToolEffect.Commit) release(50, 50);

        Region expected =
                new Polygon(
                        List.of(
                                new Point(10, 30),
                                new Point(30, 10),
                                new Point(50, 30),
                                new Point(30, 50)),
                        List.of(ring(25, 25, 35, 35)));
        assertThat(after(commit).region()).isEqualTo(expected);
    }

    @Test
    void theCursorTellsWhatAPressWouldDo() {
        var box = scene.add("box", new Box(20, 20, 60, 60));

        assertThat(tool.moved(new Point(40, 40), scene)).isEqualTo(cursor(CursorKind.MOVE));
        assertThat(tool.moved(new Point(150, 90), scene)).isEqualTo(cursor(CursorKind.ARROW));
        scene.select(box);
        assertThat(tool.moved(new Point(20, 20), scene))
                .isEqualTo(cursor(CursorKind.RESIZE_FALLING));
    }

    @Test
    void shiftResizesInProportionAndStaysInTheImage() {
        var box = scene.add("box", new Box(20, 20, 60, 40));
        scene.select(box);

        press(60, 40);
        var larger = (ToolEffect.Commit) tool.released(new Point(100, 45), Modifiers.SHIFT, scene);
        assertThat(after(larger).region()).isEqualTo(new Box(20, 20, 100, 60));
        press(60, 40);
        var most = (ToolEffect.Commit) tool.released(new Point(900, 45), Modifiers.SHIFT, scene);
        assertThat(after(most).region()).isEqualTo(new Box(20, 20, 180, 100));
        press(60, 30);
        var wider = (ToolEffect.Commit) tool.released(new Point(80, 30), Modifiers.SHIFT, scene);
        assertThat(after(wider).region()).isEqualTo(new Box(20, 15, 80, 45));
    }

    @Test
    void aSideThatComesNearAnotherShapeSticksToItUnlessControlIsHeld() {
        var box = scene.add("box", new Box(20, 20, 60, 60));
        scene.add("neighbour", new Box(100.5, 10, 150, 90));
        scene.select(box);

        press(60, 40);
        assertThat(drag(98, 40))
                .isEqualTo(
                        new ToolEffect.Show(
                                Preview.ofMoved(Map.of(box.id(), new Box(20, 20, 100.5, 60)))
                                        .withGuides(
                                                List.of(
                                                        new Preview.Guide(
                                                                new Point(100.5, 0),
                                                                new Point(100.5, 100))))
                                        .withNote(new Preview.Note.Extent(80.5, 40))));
        var free = (ToolEffect.Commit) tool.released(new Point(98, 40), Modifiers.CONTROL, scene);
        assertThat(after(free).region()).isEqualTo(new Box(20, 20, 98, 60));
        scene.set(ToolSettings.DEFAULT.withSnapping(false));
        press(60, 40);
        assertThat(after((ToolEffect.Commit) release(98, 40)).region())
                .isEqualTo(new Box(20, 20, 98, 60));
    }

    @Test
    void whatIsMovedSticksToTheEdgeOfTheImageAndToShapes() {
        var box = scene.add("box", new Box(20, 20, 60, 60));
        scene.add("neighbour", new Box(100.5, 10, 150, 90));
        scene.select(box);

        press(40, 40);
        drag(77, 24);
        var commit = (ToolEffect.Commit) release(77, 24);

        assertThat(after(commit).region()).isEqualTo(new Box(60.5, 0, 100.5, 40));
    }

    @Test
    void lockedObjectsAreSelectedButNotMovedResizedOrNudged() {
        var box = scene.add("box", new Box(20, 20, 60, 60));
        scene.lock(box);

        click(40, 40);
        assertThat(scene.selection()).containsExactly(box.id());
        assertThat(tool.idle(scene)).isEqualTo(Preview.NONE);
        press(40, 40);
        drag(80, 40);
        assertThat(release(80, 40)).isEqualTo(new ToolEffect.Refuse(Hint.LOCKED));
        press(60, 60);
        drag(80, 80);
        assertThat(release(80, 80)).isEqualTo(new ToolEffect.Refuse(Hint.LOCKED));
        assertThat(key(ToolKey.LEFT)).isEqualTo(new ToolEffect.Refuse(Hint.LOCKED));
    }

    @Test
    void aLockedObjectDoesNotCoverOthersAndIsNoPartOfAFrame() {
        var large = scene.add("large", new Box(0, 0, 100, 90));
        var small = scene.add("small", new Box(40, 40, 60, 60));
        scene.lock(small);

        click(50, 50);
        assertThat(scene.selection()).containsExactly(large.id());
        press(150, 95);
        drag(0, 0);
        scene.follow(release(0, 0));
        assertThat(scene.selection()).containsExactly(large.id());
    }

    @Test
    void whatIsHiddenIsNotHit() {
        var box = scene.add("box", new Box(20, 20, 60, 60));
        scene.hide(box);

        click(40, 40);

        assertThat(scene.selection()).isEmpty();
    }

    @Test
    void altClickGoesThroughToWhatIsBeneath() {
        var small = scene.add("small", new Box(40, 40, 60, 60));
        var large = scene.add("large", new Box(0, 0, 200, 100));

        altClick(50, 50);
        assertThat(scene.selection()).containsExactly(large.id());
        altClick(50, 50);
        assertThat(scene.selection()).containsExactly(small.id());
    }

    @Test
    void aVertexIsDraggedAndStaysInTheImage() {
        var polygon = scene.add("diamond", new Polygon(diamond(40)));
        scene.select(polygon);

        press(50, 10.5);
        assertThat(drag(53.04, 20))
                .isEqualTo(
                        new ToolEffect.Show(
                                Preview.ofReshaped(polygon.id(), topAt(53, 20))
                                        .withGrips(
                                                List.of(
                                                        new Preview.Grip(
                                                                new Point(53, 20),
                                                                Preview.GripKind.VERTEX,
                                                                true)))));
        var commit = (ToolEffect.Commit) release(53.04, -70);

        assertThat(after(commit).region()).isEqualTo(topAt(53, 0));
    }

    @Test
    void theMiddleOfAnEdgeBecomesAVertexWhereItIsDragged() {
        var polygon = scene.add("frame", new Polygon(diamond(40), List.of(ring(40, 40, 60, 60))));
        scene.select(polygon);

        press(50, 40);
        var commit = (ToolEffect.Commit) release(50, 45);

        assertThat(((Polygon) after(commit).region()).holes().getFirst())
                .containsExactly(
                        new Point(40, 40),
                        new Point(50, 45),
                        new Point(60, 40),
                        new Point(60, 60),
                        new Point(40, 60));
    }

    @Test
    void aClickedVertexIsRemovedByDeleteAndOneWithAltAtOnce() {
        var polygon = scene.add("diamond", new Polygon(diamond(40)));
        scene.select(polygon);
        assertThat(key(ToolKey.DELETE)).isEqualTo(ToolEffect.NOTHING);

        click(50, 10);
        assertThat(tool.idle(scene).grips())
                .filteredOn(Preview.Grip::active)
                .extracting(Preview.Grip::at)
                .containsExactly(new Point(50, 10));
        scene.carryOut(key(ToolKey.DELETE));
        assertThat(((Polygon) scene.image().objects().getFirst().region()).exterior())
                .containsExactly(new Point(10, 50), new Point(90, 50), new Point(50, 90));
        scene.carryOut(tool.pressed(new Point(31, 69), Modifiers.ALT, scene));
        assertThat(((Polygon) scene.image().objects().getFirst().region()).exterior())
                .containsExactly(
                        new Point(10, 50), new Point(90, 50), new Point(50, 90), new Point(30, 70));
        scene.carryOut(tool.pressed(new Point(30, 70), Modifiers.ALT, scene));
        scene.carryOut(tool.pressed(new Point(10, 50), Modifiers.ALT, scene));
        assertThat(scene.image().objects()).isEmpty();
    }

    @Test
    void aBoxShowsItsHandlesAndAPolygonItsCornersAndVertices() {
        scene.select(scene.add("box", new Box(20, 20, 60, 60)));
        assertThat(tool.idle(scene).grips())
                .hasSize(8)
                .allMatch(grip -> grip.kind() == Preview.GripKind.HANDLE);

        scene.select(scene.add("diamond", new Polygon(diamond(40))));
        assertThat(tool.idle(scene).grips())
                .extracting(Preview.Grip::kind)
                .containsExactly(
                        Preview.GripKind.HANDLE,
                        Preview.GripKind.HANDLE,
                        Preview.GripKind.HANDLE,
                        Preview.GripKind.HANDLE,
                        Preview.GripKind.EDGE,
                        Preview.GripKind.EDGE,
                        Preview.GripKind.EDGE,
                        Preview.GripKind.EDGE,
                        Preview.GripKind.VERTEX,
                        Preview.GripKind.VERTEX,
                        Preview.GripKind.VERTEX,
                        Preview.GripKind.VERTEX);
    }

    private static Polygon topAt(double x, double y) {
        return new Polygon(
                List.of(new Point(10, 50), new Point(x, y), new Point(90, 50), new Point(50, 90)));
    }

    /// Around 50, 50.
    private static List<Point> diamond(double radius) {
        return List.of(
                new Point(50 - radius, 50),
                new Point(50, 50 - radius),
                new Point(50 + radius, 50),
                new Point(50, 50 + radius));
    }

    private void altClick(double x, double y) {
        scene.follow(tool.pressed(new Point(x, y), Modifiers.ALT, scene));
        scene.follow(tool.released(new Point(x, y), Modifiers.ALT, scene));
    }

    private static List<Point> ring(double left, double top, double right, double bottom) {
        return List.of(
                new Point(left, top),
                new Point(right, top),
                new Point(right, bottom),
                new Point(left, bottom));
    }

    private static ToolEffect cursor(CursorKind kind) {
        return new ToolEffect.Cursor(kind);
    }

    private void click(double x, double y) {
        press(x, y);
        scene.follow(release(x, y));
    }

    private void shiftClick(double x, double y) {
        scene.follow(tool.pressed(new Point(x, y), Modifiers.SHIFT, scene));
        scene.follow(tool.released(new Point(x, y), Modifiers.SHIFT, scene));
    }

    private void press(double x, double y) {
        scene.follow(tool.pressed(new Point(x, y), Modifiers.NONE, scene));
    }

    private ToolEffect drag(double x, double y) {
        return tool.dragged(new Point(x, y), Modifiers.NONE, scene);
    }

    private ToolEffect release(double x, double y) {
        return tool.released(new Point(x, y), Modifiers.NONE, scene);
    }

    private ToolEffect key(ToolKey key) {
        return scene.follow(tool.key(key, Modifiers.NONE, scene));
    }

    private static ObjectAnnotation after(ToolEffect.Commit commit) {
        return (ObjectAnnotation) ((ReplaceAnnotation) commit.edit()).after();
    }
}
