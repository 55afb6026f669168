package org.palimpsest.paligemma.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NormalizedBoxTest {
    @Test
    void theLastBinStandsAtTheFarEdge() {
        assertEquals(1023, NormalizedBox.SCALE);
        var whole = new NormalizedBox(0, 0, 1023, 1023);
        assertEquals(1.0, whole.xMaxFraction());
        assertEquals(1.0, whole.yMaxFraction());
    }
}
