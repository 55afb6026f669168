package org.palimpsest.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.training.optimizer.LossScale;

class RunStateTest {
    private final LossScale scale = LossScale.of(ElementType.FLOAT32);

    @Test
    void theBestIsTheFirstOfTheLargestScores() {
        var state = RunState.start(scale).evaluated(-2).afterStep(scale).evaluated(-1);
        assertThat(state).isEqualTo(new RunState(1, scale, 1, -1, 0));
        var later = state.afterStep(scale).evaluated(-1).afterStep(scale).evaluated(-3);
        assertThat(later).isEqualTo(new RunState(3, scale, 1, -1, 2));
    }

    @Test
    void aScoreThatIsNoNumberIsWorseThanAny() {
        var state = RunState.start(scale).evaluated(Double.NaN).afterStep(scale).evaluated(-50);
        assertThat(state).isEqualTo(new RunState(1, scale, 1, -50, 0));
        assertThat(state.afterStep(scale).evaluated(Double.NaN).bestStep()).isEqualTo(1);
    }
}
