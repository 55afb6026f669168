package org.palimpsest.ui.support;

/// A page that takes the place of the images until it is closed.
public enum Page {
    /// Which models and adapters there are, and which one is used.
    MODELS,
    /// Fits an adapter on what people corrected.
    TRAINING,
    /// How good a model is on images that people have gone through.
    EVALUATION,
    /// What this computer can do, and what it lacks.
    DOCTOR
}
