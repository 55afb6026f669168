package org.palimpsest.evaluation;

import org.palimpsest.geometry.Region;

/// An object as the scores see it: its class and where it is.
///
/// @param <R> boxes are compared with boxes, masks with masks of the same image
public record LabeledRegion<R extends Region>(String label, R region) {}
