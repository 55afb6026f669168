package org.palimpsest.format.prompts;

/// What a model is asked about an image and what it should answer.
///
/// @param template the name of the [PromptTemplate] that made it
/// @param prefix the prompt, without the line break that a trainer puts behind it
/// @param suffix the answer; may be empty
public record TrainingExample(String template, String prefix, String suffix) {}
