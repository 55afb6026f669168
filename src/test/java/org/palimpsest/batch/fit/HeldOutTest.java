package org.palimpsest.batch.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutTest {
    private static final List<String> KEYS =
            IntStream.range(0, 100).mapToObj(i -> "image " + i).toList();

    @Test
    void theShareIsHeldOutWhateverTheOrder() {
        var held = HeldOut.of(KEYS, new FittingData.HoldOut(0.2, 7));
        assertThat(held).hasSize(20).isSubsetOf(KEYS);
        assertThat(HeldOut.of(KEYS.reversed(), new FittingData.HoldOut(0.2, 7))).isEqualTo(held);
        assertThat(HeldOut.of(KEYS, new FittingData.HoldOut(0.2, 8))).isNotEqualTo(held);
    }

    @Test
    void fewImagesChangeSidesWhenSomeAreAdded() {
        var before = HeldOut.of(KEYS.subList(0, 90), new FittingData.HoldOut(0.2, 1));
        var kept = new HashSet<>(HeldOut.of(KEYS, new FittingData.HoldOut(0.2, 1)));
        kept.retainAll(before);
        assertThat(kept.size()).isGreaterThanOrEqualTo(before.size() - 4);
    }

    @Test
    void oneImageIsHeldOutAndOneLearntWhereThereAreTwo() {
        assertThat(HeldOut.of(List.of("a", "b"), new FittingData.HoldOut(0.01, 0))).hasSize(1);
        assertThat(HeldOut.of(List.of("a", "b"), new FittingData.HoldOut(0.99, 0))).hasSize(1);
        assertThat(HeldOut.of(List.of("a"), new FittingData.HoldOut(0.5, 0))).isEmpty();
        assertThat(HeldOut.of(KEYS, new FittingData.HoldOut(0, 0))).isEmpty();
    }
}
