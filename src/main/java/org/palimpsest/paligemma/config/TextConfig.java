package org.palimpsest.paligemma.config;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Sizes and constants of the Gemma decoder.
///
/// @param intermediateDim width of one gated half of the feed-forward layer
/// @param headDim width of one head; need not be `hiddenDim / numQueryHeads`
/// @param vocabularySize rows of the token embedding, unused ones included
/// @param queryScale multiplied onto q·k
/// @param attentionLogitSoftCap `cap * tanh(score / cap)` before the mask, where present
/// @param finalLogitSoftCap the same for the output logits; see [Conventions#appliesFinalSoftCap()]
/// @param slidingWindow window of the even layers 0, 2, …, where present
public record TextConfig(
        GemmaGeneration generation,
        int hiddenDim,
        int intermediateDim,
        int numLayers,
        int numQueryHeads,
        int numKeyValueHeads,
        int headDim,
        int vocabularySize,
        double rmsNormEpsilon,
        double ropeTheta,
        double queryScale,
        OptionalDouble attentionLogitSoftCap,
        OptionalDouble finalLogitSoftCap,
        OptionalInt slidingWindow,
        SlidingWindowStyle slidingWindowStyle) {
    public TextConfig {
        if (hiddenDim < 1 || intermediateDim < 1 || numLayers < 1 || vocabularySize < 1) {
            throw new IllegalArgumentException(
                    "Sizes must be positive: "
                            + hiddenDim
                            + ", "
                            + intermediateDim
                            + ", "
                            + numLayers
                            + ", "
                            + vocabularySize);
        }
        if (numKeyValueHeads < 1 || numQueryHeads < 1 || numQueryHeads % numKeyValueHeads != 0) {
            throw new IllegalArgumentException(
                    numQueryHeads
                            + " query heads do not share "
                            + numKeyValueHeads
                            + " key/value heads evenly");
        }
        if (headDim < 2 || headDim % 2 != 0) {
            throw new IllegalArgumentException(
                    "Rotary embeddings need an even head width, not " + headDim);
        }
        if (!(rmsNormEpsilon > 0) || !(ropeTheta > 0) || !(queryScale > 0)) {
            throw new IllegalArgumentException(
                    "Constants must be positive: "
                            + rmsNormEpsilon
                            + ", "
                            + ropeTheta
                            + ", "
                            + queryScale);
        }
    }

    /// Whether a layer looks through the sliding window: the even ones, where the model has a window.
    public boolean usesSlidingWindow(int layer) {
        return slidingWindow.isPresent() && layer % 2 == 0;
    }

    /// Width of all query heads together.
    public int queryDim() {
        return numQueryHeads * headDim;
    }

    /// Width of all key heads together, and of all value heads.
    public int keyValueDim() {
        return numKeyValueHeads * headDim;
    }

    /// The same decoder with another number of embedding rows.
    public TextConfig withVocabularySize(int rows) {
        return new TextConfig(
                generation,
                hiddenDim,
                intermediateDim,
                numLayers,
                numQueryHeads,
                numKeyValueHeads,
                headDim,
                rows,
                rmsNormEpsilon,
                ropeTheta,
                queryScale,
                attentionLogitSoftCap,
                finalLogitSoftCap,
                slidingWindow,
                slidingWindowStyle);
    }
}
