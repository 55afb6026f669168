package org.palimpsest.paligemma.config;

/// Which Gemma is inside: the first (PaliGemma), or the second with four norms and soft caps (PaliGemma 2).
public enum GemmaGeneration {
    GEMMA1,
    GEMMA2
}
