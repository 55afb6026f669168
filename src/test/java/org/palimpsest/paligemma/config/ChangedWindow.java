package org.palimpsest.paligemma.config;

import java.util.OptionalInt;

/// A configuration with another sliding window, for tests.
public final class ChangedWindow {
    private ChangedWindow() {}

    /// The same model with its layers' window open.
    public static PaliGemmaConfig none(PaliGemmaConfig config) {
        return of(config, OptionalInt.empty(), config.text().slidingWindowStyle());
    }

    public static PaliGemmaConfig of(
            PaliGemmaConfig config, OptionalInt window, SlidingWindowStyle style) {
        TextConfig text = config.text();
        return new PaliGemmaConfig(
                config.vision(),
                new TextConfig(
                        text.generation(),
                        text.hiddenDim(),
                        text.intermediateDim(),
                        text.numLayers(),
                        text.numQueryHeads(),
                        text.numKeyValueHeads(),
                        text.headDim(),
                        text.vocabularySize(),
                        text.rmsNormEpsilon(),
                        text.ropeTheta(),
                        text.queryScale(),
                        text.attentionLogitSoftCap(),
                        text.finalLogitSoftCap(),
                        window,
                        style),
                config.conventions(),
                config.imageTokenId(),
                config.bosTokenId(),
                config.eosTokenId(),
                config.padTokenId(),
                config.storedType());
    }
}
