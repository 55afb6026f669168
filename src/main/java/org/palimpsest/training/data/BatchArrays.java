package org.palimpsest.training.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.config.SlidingWindowStyle;
import org.palimpsest.paligemma.config.TextConfig;

/// The examples of one run as the arrays that [org.palimpsest.paligemma.graph.LossGraph] is fed, all but the images.
///
/// A sequence is image tokens, prefix, suffix, padding. Image and prefix see each other; a suffix token sees what is before
/// it; nobody sees padding. The arrays are not copied; nobody changes them.
///
/// @param text text tokens of the longest example
/// @param sequence image tokens and text
/// @param targets all suffix tokens together
/// @param tokenIds `[batch, text]`
/// @param positions `[batch, sequence]`, counted from 0
/// @param mask `[batch, 1, sequence, sequence]`: 0 where a query (row) sees a key (column), else [#HIDDEN]
/// @param localMask the same for layers with a sliding window; the same array where the window takes nothing away, empty
/// for a model without one
/// @param targetPlaces `[targets, 2]`: example and place in the sequence whose next token is the target
/// @param targetIds `[targets, 1]`
public record BatchArrays(
        int batch,
        int text,
        int sequence,
        int targets,
        long[] tokenIds,
        long[] positions,
        float[] mask,
        Optional<float[]> localMask,
        long[] targetPlaces,
        long[] targetIds) {
    /// Finite, because softmax kernels want that, and far enough below any score that its weight is exactly 0.
    public static final float HIDDEN = -1e30f;

    public static BatchArrays of(List<EncodedExample> examples, PaliGemmaConfig config) {
        int text = examples.stream().mapToInt(EncodedExample::length).max().orElseThrow();
        int image = config.numImageTokens();
        int sequence = image + text;
        int targets = examples.stream().mapToInt(example -> example.suffixIds().length).sum();
        var tokenIds = new long[examples.size() * text];
        Arrays.fill(tokenIds, config.padTokenId());
        var positions = new long[examples.size() * sequence];
        Arrays.setAll(positions, i -> i % sequence);
        var targetPlaces = new long[2 * targets];
        var targetIds = new long[targets];
        int target = 0;
        for (int i = 0; i < examples.size(); i++) {
            int[] prefix = examples.get(i).prefixIds();
            int[] suffix = examples.get(i).suffixIds();
            int start = i * text;
            for (int id : prefix) {
                tokenIds[start++] = id;
            }
            for (int j = 0; j < suffix.length; j++) {
                tokenIds[start++] = suffix[j];
                targetPlaces[2 * target] = i;
                targetPlaces[2 * target + 1] = image + prefix.length + j - 1;
                targetIds[target++] = suffix[j];
            }
        }
        var masks = new Masks(examples, image, sequence);
        float[] mask = masks.full();
        return new BatchArrays(
                examples.size(),
                text,
                sequence,
                targets,
                tokenIds,
                positions,
                mask,
                config.text().slidingWindow().isEmpty()
                        ? Optional.empty()
                        : Optional.of(masks.local(config.text(), mask)),
                targetPlaces,
                targetIds);
    }

    /// Fills masks row by row.
    private record Masks(List<EncodedExample> examples, int image, int sequence) {
        float[] full() {
            float[] mask = allHidden();
            for (int i = 0; i < examples.size(); i++) {
                int prefix = prefix(i);
                int length = image + examples.get(i).length();
                for (int query = 0; query < sequence; query++) {
                    show(mask, i, query, 0, Math.min(length, Math.max(prefix, query + 1)));
                }
            }
            return mask;
        }

        /// Rows of padding are read by nobody; they see everything, as a row that sees nothing is no number in half precision.
        float[] local(TextConfig config, float[] full) {
            int window = config.slidingWindow().orElseThrow();
            if (window >= sequence) {
                return full;
            }
            boolean promptSeesAll =
                    config.slidingWindowStyle() == SlidingWindowStyle.PROMPT_SEES_ALL;
            float[] mask = allHidden();
            for (int i = 0; i < examples.size(); i++) {
                int prefix = prefix(i);
                int length = image + examples.get(i).length();
                for (int query = 0; query < sequence; query++) {
                    int from = Math.max(0, query - window + 1);
                    int to = query + 1;
                    if (query >= length) {
                        from = 0;
                    } else if (query < prefix) {
                        from = promptSeesAll ? 0 : from;
                        to = promptSeesAll ? prefix : Math.min(prefix, query + window);
                    }
                    show(mask, i, query, from, Math.min(length, to));
                }
            }
            return mask;
        }

        private int prefix(int example) {
            return image + examples.get(example).prefixIds().length;
        }

        private float[] allHidden() {
            var mask = new float[Math.toIntExact((long) examples.size() * sequence * sequence)];
            Arrays.fill(mask, HIDDEN);
            return mask;
        }

        private void show(float[] mask, int example, int query, int from, int to) {
            int row = (example * sequence + query) * sequence;
            Arrays.fill(mask, row + from, row + to, 0);
        }
    }
}
