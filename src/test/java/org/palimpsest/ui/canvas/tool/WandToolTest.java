package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;

final class WandToolTest {
    private static final Size SIZE = new Size(200, 100);

    private final FixedScene scene = new FixedScene();
    private final ToolHand hand = new ToolHand(new WandTool(), scene);

    /// Three bars: black to 50, nearly black to 100, white beyond.
    private void bars() {
        scene.paint((x, _) -> x < 50 ? 0x000000 : x < 100 ? 0x282828 : 0xffffff);
    }

    private static Mask mask(double from, double to) {
        return Mask.fromRegion(new Box(from, 0, to, 100), SIZE);
    }

    @Test
    void aClickMakesAMaskOfItsColorAndAsksForTheLabel() {
        bars();
        assertThat(ToolHand.shown(hand.press(20, 20)))
                .isEqualTo(
                        Preview.ofDrawn(mask(0, 50))
                                .withNote(new Preview.Note.Tolerance(24, 5000)));
        var commit = (ToolEffect.Commit) hand.release(20, 20);

        assertThat(scene.image().objects().getFirst().region()).isEqualTo(mask(0, 50));
        assertThat(commit.naming()).isTrue();
    }

    @Test
    void draggingToTheRightLetsMoreColorsIn() {
        bars();
        hand.press(20, 20);
        assertThat(hand.drag(21, 20)).isEqualTo(ToolEffect.NOTHING);
        assertThat(ToolHand.shown(hand.drag(20 + 4 * 16, 20)).note())
                .contains(new Preview.Note.Tolerance(40, 10_000));
        hand.release(84, 20);

        assertThat(scene.image().objects().getFirst().region()).isEqualTo(mask(0, 100));
    }

    @Test
    void shiftAddsAndAltTakesAway() {
        bars();
        hand.click(20, 20);
        hand.click(150, 20, Modifiers.SHIFT);
        assertThat(scene.image().objects().getFirst().region())
                .isEqualTo(mask(0, 50).union(mask(100, 200)));
        hand.click(20, 20, Modifiers.ALT);

        assertThat(scene.image().objects())
                .singleElement()
                .satisfies(object -> assertThat(object.region()).isEqualTo(mask(100, 200)));
        assertThat(hand.click(150, 20, Modifiers.ALT))
                .isEqualTo(new ToolEffect.Refuse(Hint.NOTHING_LEFT));
    }

    @Test
    void withoutPixelsOrAMaskToChangeItSaysSo() {
        assertThat(hand.press(20, 20)).isEqualTo(new ToolEffect.Refuse(Hint.NO_PIXELS));
        bars();
        assertThat(hand.press(20, 20, Modifiers.SHIFT))
                .isEqualTo(new ToolEffect.Refuse(Hint.NO_MASK));
        hand.click(20, 20);
        scene.lock(scene.image().objects().getFirst());
        assertThat(hand.press(150, 20, Modifiers.SHIFT))
                .isEqualTo(new ToolEffect.Refuse(Hint.LOCKED));
    }

    @Test
    void cancelGivesItUp() {
        bars();
        hand.press(20, 20);
        assertThat(hand.key(ToolKey.CANCEL)).isEqualTo(ToolEffect.DISCARD);
        hand.release(20, 20);

        assertThat(scene.image().objects()).isEmpty();
    }
}
