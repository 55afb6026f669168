package org.palimpsest.evaluation;

/// A prediction and the true object it was counted for.
///
/// @param predicted place in the list of predictions
/// @param actual place in the list of true objects
/// @param iou intersection over union of the two
public record RegionMatch(int predicted, int actual, double iou) {}
