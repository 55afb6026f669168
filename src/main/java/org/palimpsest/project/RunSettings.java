package org.palimpsest.project;

/// What tells one run of a model over images from another: with the same settings an interrupted run goes on.
///
/// @param model the model's name
/// @param checkpoint hash of its weights
/// @param prompt what it is asked
/// @param settings how answers are made, such as `max-tokens=256`
public record RunSettings(String model, String checkpoint, String prompt, String settings) {}
