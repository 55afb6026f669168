package org.palimpsest.paligemma;

/// How probable a model finds a text.
///
/// @param logProbability natural logarithm of the whole text's probability
/// @param tokens how many tokens it has, the end of the answer included
public record TextLikelihood(double logProbability, int tokens) {}
