package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.ui.canvas.tool.ShapeOperations.Combination;
import org.palimpsest.ui.canvas.tool.ShapeOperations.Form;

final class ShapeOperationsTest {
    private final FixedScene scene = new FixedScene();

    private ToolEffect combine(Combination combination, Region... regions) {
        scene.select(
                List.of(regions).stream()
                        .map(region -> scene.add("label " + region.area(), region))
                        .toArray(ObjectAnnotation[]::new));
        return scene.carryOut(ShapeOperations.combine(combination, scene));
    }

    private Region only() {
        assertThat(scene.image().objects()).hasSize(1);
        return scene.image().objects().getFirst().region();
    }

    @Test
    void aUnionKeepsTheLowestObjectAndItsLabel() {
        combine(Combination.UNION, new Box(0, 0, 20, 20), new Box(10, 10, 40, 40));

        var left = scene.image().objects().getFirst();
        assertThat(only().area()).isEqualTo(400 + 900 - 100);
        assertThat(left.region()).isInstanceOf(Polygon.class);
        assertThat(left.label()).isEqualTo("label 400.0");
        assertThat(scene.selection()).containsExactly(left.id());
    }

    @Test
    void boxesThatMakeABoxGiveABox() {
        combine(Combination.UNION, new Box(0, 0, 20, 20), new Box(20, 0, 50, 20));
        assertThat(only()).isEqualTo(new Box(0, 0, 50, 20));
    }

    @Test
    void intersectingKeepsWhatAllHaveInCommon() {
        combine(
                Combination.INTERSECT,
                new Box(0, 0, 30, 30),
                new Box(10, 10, 40, 40),
                new Box(0, 0, 20, 90));
        assertThat(only()).isEqualTo(new Box(10, 10, 20, 30));
    }

    @Test
    void subtractingTakesTheUpperOnesAway() {
        combine(Combination.SUBTRACT, new Box(0, 0, 90, 30), new Box(30, -5, 60, 40));

        assertThat(only()).isInstanceOf(MultiPolygon.class);
        assertThat(only().area()).isEqualTo(1800);
    }

    @Test
    void cuttingOutLeavesAHoleAndTheObjectInIt() {
        combine(Combination.CUT_OUT, new Box(0, 0, 90, 90), new Box(30, 30, 60, 60));

        assertThat(scene.image().objects()).hasSize(2);
        assertThat(((Polygon) scene.image().objects().getFirst().region()).holes()).hasSize(1);
        assertThat(scene.selection()).hasSize(2);
    }

    @Test
    void withAMaskTheResultIsAMask() {
        var size = new Size(200, 100);
        var disc = Mask.empty(size).painted(List.of(new Point(50, 50)), 20);
        combine(Combination.SUBTRACT, new Box(0, 0, 90, 90), disc);

        assertThat(only()).isEqualTo(Mask.fromRegion(new Box(0, 0, 90, 90), size).minus(disc));
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        assertThat(combine(Combination.UNION, new Box(0, 0, 9, 9)))
                .isEqualTo(new ToolEffect.Refuse(Hint.TWO_OBJECTS));
        assertThat(combine(Combination.INTERSECT, new Box(0, 0, 9, 9), new Box(50, 50, 60, 60)))
                .isEqualTo(new ToolEffect.Refuse(Hint.NOTHING_LEFT));
        scene.lock(scene.image().objects().getLast());
        assertThat(ShapeOperations.combine(Combination.UNION, scene))
                .isEqualTo(new ToolEffect.Refuse(Hint.LOCKED));
        assertThat(scene.image().objects()).hasSize(3);
    }

    @Test
    void formsAreConvertedIntoEachOther() {
        var object = scene.add("box", new Box(10, 10, 50, 40));
        scene.select(object);

        scene.carryOut(ShapeOperations.convert(Form.MASK, scene));
        assertThat(only()).isEqualTo(Mask.fromRegion(new Box(10, 10, 50, 40), scene.size()));
        scene.carryOut(ShapeOperations.convert(Form.POLYGON, scene));
        assertThat(only()).isInstanceOf(Polygon.class);
        assertThat(only().area()).isEqualTo(1200);
        scene.carryOut(ShapeOperations.convert(Form.BOX, scene));
        assertThat(only()).isEqualTo(new Box(10, 10, 50, 40));
        assertThat(ShapeOperations.convert(Form.BOX, scene)).isEqualTo(ToolEffect.NOTHING);
    }
}
