package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;

final class PolygonToolTest {
    private final FixedScene scene = new FixedScene();
    private final ToolHand hand = new ToolHand(new PolygonTool(), scene);

    private void threeClicks() {
        hand.click(20, 20);
        hand.click(80, 20.26);
        hand.click(80, 70);
    }

    private static final Polygon TRIANGLE =
            new Polygon(List.of(new Point(20, 20), new Point(80, 20.3), new Point(80, 70)));

    @Test
    void aClickOnTheFirstVertexClosesIt() {
        threeClicks();
        var commit = (ToolEffect.Commit) hand.click(23, 22);

        assertThat(scene.image().objects().getFirst().region()).isEqualTo(TRIANGLE);
        assertThat(commit.naming()).isTrue();
        assertThat(scene.selection()).containsExactly(scene.image().objects().getFirst().id());
    }

    @Test
    void enterClosesItAndSoDoesADoubleClickWhichSetsOneVertex() {
        threeClicks();
        hand.key(ToolKey.CONFIRM);
        hand.click(20, 20);
        hand.click(80, 20.26);
        hand.doubleClick(80, 70);

        assertThat(scene.image().objects())
                .extracting(object -> object.region())
                .containsExactly(TRIANGLE, TRIANGLE);
    }

    @Test
    void twoVerticesCannotBeClosed() {
        hand.click(20, 20);
        hand.click(80, 20);

        assertThat(hand.key(ToolKey.CONFIRM)).isEqualTo(ToolEffect.NOTHING);
        assertThat(hand.doubleClick(80, 20)).isEqualTo(ToolEffect.NOTHING);
    }

    @Test
    void backTakesTheLastVertexBackAndCancelTheWhole() {
        threeClicks();
        hand.click(150, 90);
        hand.key(ToolKey.BACK);
        hand.key(ToolKey.CONFIRM);
        assertThat(scene.image().objects().getFirst().region()).isEqualTo(TRIANGLE);

        threeClicks();
        assertThat(hand.key(ToolKey.CANCEL)).isEqualTo(ToolEffect.DISCARD);
        assertThat(hand.key(ToolKey.CONFIRM)).isEqualTo(ToolEffect.NOTHING);
    }

    @Test
    void theLineFollowsThePointerAndTheStartLightsUpWhereAClickWouldClose() {
        threeClicks();
        var open = ToolHand.shown(hand.move(60, 80));
        assertThat(open.path()).hasSize(4).endsWith(new Point(60, 80));
        assertThat(open.grips()).extracting(Preview.Grip::active).doesNotContain(true);

        var closing = ToolHand.shown(hand.move(21, 21));
        assertThat(closing.path()).endsWith(new Point(20, 20));
        assertThat(closing.grips().getFirst())
                .isEqualTo(new Preview.Grip(new Point(20, 20), Preview.GripKind.START, true));
    }

    @Test
    void draggingDrawsFreehandWithVerticesAReachApart() {
        hand.press(20, 20);
        for (int x = 21; x <= 60; x++) {
            hand.drag(x, 20);
        }
        hand.release(60, 20);
        hand.click(60, 80);
        hand.key(ToolKey.CONFIRM);

        assertThat(((Polygon) scene.image().objects().getFirst().region()).exterior())
                .containsExactly(
                        new Point(20, 20),
                        new Point(29, 20),
                        new Point(38, 20),
                        new Point(47, 20),
                        new Point(56, 20),
                        new Point(60, 80));
    }

    @Test
    void verticesStickToThoseOfNeighboursAndToEdges() {
        scene.add(
                "neighbour",
                new Polygon(
                        List.of(new Point(100.7, 50.2), new Point(150, 40), new Point(150, 70))));
        scene.add("box", new Box(20, 30, 60, 60));
        hand.click(102, 52);
        hand.click(2, 90);
        hand.click(58, 45.5);
        hand.key(ToolKey.CONFIRM);

        assertThat(((Polygon) scene.image().objects().getLast().region()).exterior())
                .containsExactly(new Point(100.7, 50.2), new Point(0, 90), new Point(60, 45.5));
    }

    @Test
    void clicksOutsideLandOnTheImagesEdge() {
        hand.click(-50, 40);
        hand.click(260, 40);
        hand.click(100, 190);
        hand.key(ToolKey.CONFIRM);

        assertThat(((Polygon) scene.image().objects().getLast().region()).exterior())
                .containsExactly(new Point(0, 40), new Point(200, 40), new Point(100, 100));
    }
}
