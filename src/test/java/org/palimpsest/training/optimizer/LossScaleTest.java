package org.palimpsest.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.tensor.ElementType;

class LossScaleTest {

    @Test
    void halfPrecisionStartsHighAndHalvesWithEachOverflowDownToOne() {
        var scale = LossScale.of(ElementType.FLOAT16);
        assertThat(scale).isEqualTo(new LossScale(32768, 0, true));
        for (int i = 14; i >= 0; i--) {
            assertThat(scale.canFall()).isTrue();
            scale = scale.afterGoodStep().afterOverflow();
            assertThat(scale).isEqualTo(new LossScale(1 << i, 0, true));
        }
        assertThat(scale.canFall()).isFalse();
        assertThat(scale.afterOverflow()).isEqualTo(scale);
    }

    @Test
    void itDoublesAfterTwoHundredGoodStepsInARow() {
        var scale = LossScale.of(ElementType.FLOAT16);
        for (int i = 0; i < 199; i++) {
            scale = scale.afterGoodStep();
        }
        assertThat(scale).isEqualTo(new LossScale(32768, 199, true));
        assertThat(scale.afterGoodStep()).isEqualTo(new LossScale(65536, 0, true));
        assertThat(scale.afterOverflow()).isEqualTo(new LossScale(16384, 0, true));
    }

    @Test
    void itNeverGrowsBeyondWhatFloat32CanCount() {
        var scale = new LossScale(1 << 24, 199, true);
        assertThat(scale.afterGoodStep()).isEqualTo(new LossScale(1 << 24, 0, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT32", "BFLOAT16"})
    void typesWithRangeEnoughAreNotScaled(ElementType type) {
        var scale = LossScale.of(type);
        assertThat(scale).isEqualTo(new LossScale(1, 0, false));
        assertThat(scale.afterGoodStep()).isEqualTo(scale);
        assertThat(scale.afterOverflow()).isEqualTo(scale);
        assertThat(scale.canFall()).isFalse();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (var scale :
                new LossScale[] {
                    new LossScale(1, 0, false),
                    new LossScale(1, 3, true),
                    new LossScale(1 << 24, 199, true)
                }) {
            assertThat(LossScale.parse(scale.toText())).isEqualTo(scale);
        }
        assertThat(new LossScale(32768, 17, true).toText()).isEqualTo("32768:17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "3:0", "0:0", "NaN:1", "2:-1", "2:200", "99999999999:0"})
    void nonsenseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LossScale.parse(text));
    }
}
