package org.palimpsest.inference;

/// How long an answer took.
///
/// @param tokens tokens written
/// @param seconds from the start of the request to its end, without waiting in the queue
/// @param tokensPerSecond while writing, the reading of the picture and the prompt left out; 0 where too few were written
public record AnswerSpeed(int tokens, double seconds, double tokensPerSecond) {}
