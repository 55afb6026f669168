package org.palimpsest.diagnosis;

import java.nio.file.Path;

/// How long a model took to load and to give one answer.
///
/// @param device where it computed
/// @param prompt what it was asked, about a red disk on white
/// @param loadMilliseconds from the folder to a model that is ready
/// @param firstTokenMilliseconds from picture and prompt to the first token of the answer
/// @param answerMilliseconds from picture and prompt to the whole answer
/// @param tokensPerSecond after the first one; 0 where there was no other
/// @param answer what it said
public record ModelTrial(
        Path folder,
        String device,
        String prompt,
        double loadMilliseconds,
        double firstTokenMilliseconds,
        double answerMilliseconds,
        double tokensPerSecond,
        String answer) {}
