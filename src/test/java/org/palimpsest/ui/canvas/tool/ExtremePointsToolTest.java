package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;

final class ExtremePointsToolTest {
    private final FixedScene scene = new FixedScene();
    private final ToolHand hand = new ToolHand(new ExtremePointsTool(), scene);

    @Test
    void fourClicksInAnyOrderGiveTheBoxAroundThem() {
        hand.click(50, 20.3);
        hand.click(90.4, 40);
        hand.click(30, 45);
        assertThat(ToolHand.shown(hand.move(60, 70)).drawn()).contains(new Box(30, 20, 90, 70));
        var commit = (ToolEffect.Commit) hand.click(60, 80);

        assertThat(scene.image().objects())
                .singleElement()
                .satisfies(
                        object -> assertThat(object.region()).isEqualTo(new Box(30, 20, 90, 80)));
        assertThat(commit.naming()).isTrue();
    }

    @Test
    void backTakesTheLastClickBackAndCancelAll() {
        hand.click(50, 20);
        hand.click(199, 99);
        hand.key(ToolKey.BACK);
        hand.click(90, 40);
        hand.click(30, 45);
        hand.click(60, 80);
        assertThat(scene.image().objects().getFirst().region()).isEqualTo(new Box(30, 20, 90, 80));

        hand.click(10, 10);
        assertThat(hand.key(ToolKey.CANCEL)).isEqualTo(ToolEffect.DISCARD);
        assertThat(hand.key(ToolKey.BACK)).isEqualTo(ToolEffect.NOTHING);
    }

    @Test
    void pointsOnOneLineGiveNoBox() {
        hand.click(10, 50);
        hand.click(20, 50);
        hand.click(30, 50);

        assertThat(hand.click(40, 50)).isEqualTo(ToolEffect.DISCARD);
    }
}
