package org.palimpsest.inference;

import java.time.Instant;

/// What the provenance of proposed annotations says of the model.
///
/// @param model its name
/// @param checkpoint hash of its weights; empty where it was not computed
/// @param settings how answers are made where not greedily; may be empty
/// @param at when the answer was given
public record ModelStamp(String model, String checkpoint, String settings, Instant at) {}
