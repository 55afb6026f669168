package org.palimpsest.diagnosis;

import java.nio.file.Path;

/// How long a model took to load and to give one answer.
///
/// @param device where it computed
/// @param loadMilliseconds from the folder to a model that is ready
/// @param answerMilliseconds from picture and prompt to the whole answer
/// @param answer what it said
public record ModelTrial(
        Path folder,
        String device,
        double loadMilliseconds,
        double answerMilliseconds,
        String answer) {}
