package org.palimpsest.job;

/// One report of long work.
///
/// @param message what is being done, in words
/// @param fraction how much is done, 0 to 1, or negative where that is not known
public record ProgressUpdate(String message, double fraction) {}
