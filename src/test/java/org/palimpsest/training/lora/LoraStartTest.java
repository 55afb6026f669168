package org.palimpsest.training.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoraStartTest {

    @Test
    void valuesAreUniformWithinOneOverTheRootOfTheWidth() {
        float[] a = LoraStart.a("lora_a.q_proj_of_layer_0", 16, 400, 3);
        var values = IntStream.range(0, a.length).mapToDouble(i -> a[i]).summaryStatistics();
        double bound = 1 / Math.sqrt(400);
        assertThat(values.getCount()).isEqualTo(6400);
        assertThat(values.getMax()).isLessThanOrEqualTo(bound).isGreaterThan(0.99 * bound);
        assertThat(values.getMin()).isGreaterThanOrEqualTo(-bound).isLessThan(-0.99 * bound);
        assertThat(values.getAverage()).isCloseTo(0, within(0.03 * bound));
        double squares =
                IntStream.range(0, a.length).mapToDouble(i -> a[i] * a[i]).average().orElse(0);
        assertThat(squares).isCloseTo(bound * bound / 3, within(0.02 * bound * bound));
    }

    @Test
    void theyFollowFromNameAndSeed() {
        float[] first = LoraStart.a("lora_a.q_proj_of_layer_0", 2, 8, 3);
        assertThat(LoraStart.a("lora_a.q_proj_of_layer_0", 2, 8, 3)).containsExactly(first);
        assertThat(LoraStart.a("lora_a.q_proj_of_layer_1", 2, 8, 3)).isNotEqualTo(first);
        assertThat(LoraStart.a("lora_a.q_proj_of_layer_0", 2, 8, 4)).isNotEqualTo(first);
    }
}
