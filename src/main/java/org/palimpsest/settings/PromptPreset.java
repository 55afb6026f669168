package org.palimpsest.settings;

/// A prompt that the person kept.
///
/// @param name what they call it
/// @param prompt the prompt exactly as the model gets it, such as `detect cat ; dog`
public record PromptPreset(String name, String prompt) {}
