package org.palimpsest.paligemma.config;

/// Whom a query of a sliding-window layer may see. The two libraries differ; see [TextConfig].
public enum SlidingWindowStyle {
    /// Itself and the `window - 1` positions before it; prompt positions see the whole prompt all the same (Hugging Face).
    PROMPT_SEES_ALL,
    /// Keys with |query − key| < window on both sides, image and prompt included (KerasHub).
    BOTH_SIDES
}
