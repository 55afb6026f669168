package org.palimpsest.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
    /// transformers 5.18, get_cosine_schedule_with_warmup(3, 10) at a rate of 1e-3.
    private static final double[] WARMUP_COSINE = {
        0.0,
        0.0003333333333333333,
        0.0006666666666666666,
        0.001,
        0.0009504844339512095,
        0.0008117449009293668,
        0.0006112604669781572,
        0.00038873953302184284,
        0.00018825509907063325,
        4.9515566048790485e-05
    };

    @Test
    void warmUpAndCosineAreThoseOfTheReference() {
        var schedule = new LearningRateSchedule.WarmupCosine(1e-3, 3, 10);
        assertThat(IntStream.range(0, 10).mapToDouble(schedule::at).toArray())
                .containsExactly(WARMUP_COSINE, offset(1e-18));
        assertThat(schedule.at(10)).isZero();
        assertThat(schedule.at(1000)).isZero();
    }

    @Test
    void aConstantRateRisesAndStays() {
        var schedule = new LearningRateSchedule.Constant(8, 4);
        assertThat(IntStream.range(0, 6).mapToDouble(schedule::at).toArray())
                .containsExactly(0, 2, 4, 6, 8, 8);
        assertThat(new LearningRateSchedule.Constant(8, 0).at(0)).isEqualTo(8);
    }
}
