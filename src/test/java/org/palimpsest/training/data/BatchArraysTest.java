package org.palimpsest.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.paligemma.config.ChangedWindow;
import org.palimpsest.paligemma.config.SlidingWindowStyle;

class BatchArraysTest {
    private static final String GOLDEN = "tiny-paligemma2-golden/";

    /// The references are padded on the left; rows of padding are arbitrary.
    @ParameterizedTest
    @CsvSource({"train1, 1", "train2, 2"})
    void masksAreThoseOfTheReferences(String name, int count) throws Exception {
        var config = TinyModel.config();
        var encoded = encoded(List.of(TinyModel.DETECT, TinyModel.CAPTION).subList(0, count));
        var arrays = BatchArrays.of(encoded, config);
        int sequence = arrays.sequence();
        boolean[] full = TinyModel.booleans(GOLDEN + name + "__mask_full.npy");
        boolean[] sliding = TinyModel.booleans(GOLDEN + name + "__mask_sliding.npy");
        assertThat(full).hasSize(count * sequence * sequence);
        assertThat(sliding).isNotEqualTo(full);
        for (int i = 0; i < count; i++) {
            int length = config.numImageTokens() + encoded.get(i).length();
            int padding = sequence - length;
            for (int query = 0; query < length; query++) {
                for (int key = 0; key < sequence; key++) {
                    int ours = (i * sequence + query) * sequence + key;
                    int theirs =
                            (i * sequence + query + padding) * sequence
                                    + (key + padding) % sequence;
                    String place = i + ": " + query + " to " + key;
                    assertThat(sees(arrays.mask(), ours)).as(place).isEqualTo(full[theirs]);
                    assertThat(sees(arrays.localMask().orElseThrow(), ours))
                            .as(place)
                            .isEqualTo(sliding[theirs]);
                }
            }
        }
    }

    @Test
    void tokensAndTargetsAreThoseOfTheReferences() throws Exception {
        var config = TinyModel.config();
        var arrays = BatchArrays.of(encoded(List.of(TinyModel.DETECT, TinyModel.CAPTION)), config);
        int[] ids = TinyModel.ints(GOLDEN + "train2__input_ids.npy");
        int[] labels = TinyModel.ints(GOLDEN + "train2__labels.npy");
        int[] attention = TinyModel.ints(GOLDEN + "train2__attention_mask.npy");
        int sequence = arrays.sequence();
        int image = config.numImageTokens();
        var tokens = new ArrayList<Long>();
        var places = new ArrayList<Long>();
        var targets = new ArrayList<Long>();
        for (int i = 0; i < 2; i++) {
            int padding = 0;
            while (attention[i * sequence + padding] == 0) {
                padding++;
            }
            for (int j = padding; j < sequence; j++) {
                if (j - padding >= image) {
                    tokens.add((long) ids[i * sequence + j]);
                }
                if (labels[i * sequence + j] >= 0) {
                    places.add((long) i);
                    places.add(j - padding - 1L);
                    targets.add((long) labels[i * sequence + j]);
                }
            }
            for (int j = 0; j < padding; j++) {
                tokens.add((long) config.padTokenId());
            }
        }
        assertThat(arrays.batch()).isEqualTo(2);
        assertThat(arrays.targets()).isEqualTo(23).isEqualTo(targets.size());
        assertThat(arrays.tokenIds()).containsExactly(longs(tokens));
        assertThat(arrays.targetPlaces()).containsExactly(longs(places));
        assertThat(arrays.targetIds()).containsExactly(longs(targets));
        assertThat(Arrays.copyOfRange(arrays.positions(), sequence, 2 * sequence))
                .startsWith(0, 1, 2)
                .endsWith(sequence - 1);
    }

    @Test
    void aWindowOnBothSidesHoldsForThePromptToo() throws Exception {
        int window = 5;
        var config =
                ChangedWindow.of(
                        TinyModel.config(), OptionalInt.of(window), SlidingWindowStyle.BOTH_SIDES);
        var encoded = encoded(List.of(TinyModel.DETECT, TinyModel.CAPTION));
        var arrays = BatchArrays.of(encoded, config);
        int sequence = arrays.sequence();
        for (int i = 0; i < 2; i++) {
            int prefix = config.numImageTokens() + encoded.get(i).prefixIds().length;
            int length = config.numImageTokens() + encoded.get(i).length();
            for (int query = 0; query < length; query++) {
                for (int key = 0; key < sequence; key++) {
                    boolean allowed =
                            key < length && (key <= query || (query < prefix && key < prefix));
                    int place = (i * sequence + query) * sequence + key;
                    assertThat(sees(arrays.mask(), place)).isEqualTo(allowed);
                    assertThat(sees(arrays.localMask().orElseThrow(), place))
                            .isEqualTo(allowed && Math.abs(query - key) < window);
                }
            }
        }
    }

    @Test
    void everyRowSeesSomethingSoThatHalfPrecisionStaysANumber() throws Exception {
        for (var style : SlidingWindowStyle.values()) {
            var shortOne = new Example(TinyModel.IMAGE, "ocr", "");
            var arrays =
                    BatchArrays.of(
                            encoded(List.of(TinyModel.DETECT, shortOne)),
                            ChangedWindow.of(TinyModel.config(), OptionalInt.of(3), style));
            int sequence = arrays.sequence();
            for (float[] mask : List.of(arrays.mask(), arrays.localMask().orElseThrow())) {
                for (int row = 0; row < 2 * sequence; row++) {
                    float[] values = Arrays.copyOfRange(mask, row * sequence, (row + 1) * sequence);
                    assertThat(values).contains(0);
                }
            }
        }
    }

    @Test
    void aWindowThatTakesNothingAwayCostsNoSecondMask() throws Exception {
        var encoded = encoded(List.of(TinyModel.DETECT));
        int sequence = BatchArrays.of(encoded, TinyModel.config()).sequence();
        var style = SlidingWindowStyle.PROMPT_SEES_ALL;
        var wide =
                BatchArrays.of(
                        encoded,
                        ChangedWindow.of(TinyModel.config(), OptionalInt.of(sequence), style));
        var narrow =
                BatchArrays.of(
                        encoded, ChangedWindow.of(TinyModel.config(), OptionalInt.of(5), style));
        var none =
                BatchArrays.of(
                        encoded, ChangedWindow.of(TinyModel.config(), OptionalInt.empty(), style));
        assertThat(wide.localMask().orElseThrow()).isSameAs(wide.mask());
        assertThat(narrow.localMask().orElseThrow()).isNotEqualTo(narrow.mask());
        assertThat(none.localMask()).isEmpty();
    }

    private static boolean sees(float[] mask, int index) {
        assertThat(mask[index]).isIn(0f, BatchArrays.HIDDEN);
        return mask[index] == 0;
    }

    private static List<EncodedExample> encoded(List<Example> examples) throws Exception {
        var encoder = TinyModel.encoder(64);
        return examples.stream().map(encoder::encode).toList();
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
