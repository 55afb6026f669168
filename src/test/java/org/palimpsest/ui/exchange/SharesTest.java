package org.palimpsest.ui.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.Split;

final class SharesTest {
    @Test
    void theOthersShareTheRestOutAsBefore() {
        assertThat(Shares.USUAL.with(Split.TRAIN, 60)).isEqualTo(new Shares(60, 20, 20));
        assertThat(new Shares(60, 30, 10).with(Split.TEST, 40)).isEqualTo(new Shares(40, 20, 40));
        assertThat(new Shares(100, 0, 0).with(Split.TRAIN, 90)).isEqualTo(new Shares(90, 10, 0));
        assertThat(Shares.USUAL.with(Split.VALIDATION, 120)).isEqualTo(new Shares(0, 100, 0));
        assertThat(Shares.USUAL.with(Split.VALIDATION, -3)).isEqualTo(new Shares(89, 0, 11));
    }

    @Test
    void theyAreAlwaysAHundredTogether() {
        var shares = new Shares(33, 33, 34);
        for (var part : new Split[] {Split.TRAIN, Split.VALIDATION, Split.TEST}) {
            for (int percent = 0; percent <= 100; percent++) {
                shares = shares.with(part, percent);
                assertThat(shares.of(part)).isEqualTo(percent);
                assertThat(shares.train() + shares.validation() + shares.test()).isEqualTo(100);
            }
        }
        assertThatThrownBy(() -> new Shares(50, 50, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
