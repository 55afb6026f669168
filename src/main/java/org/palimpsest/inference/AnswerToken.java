package org.palimpsest.inference;

/// One token of an answer and how sure the model was of it.
///
/// @param start where its characters begin in the text of the answer
/// @param end where they end; the same as `start` for the end of the answer
/// @param confidence its probability, 0 to 1; of a location token that of all bins around it that mean the same place
public record AnswerToken(int start, int end, double confidence) {}
