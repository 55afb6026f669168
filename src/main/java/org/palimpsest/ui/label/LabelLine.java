package org.palimpsest.ui.label;

import org.palimpsest.dataset.Label;

/// A label as the list shows it.
///
/// @param key the key that chooses it; empty where it has none
/// @param here how many objects of the image on the screen have it
/// @param total how many objects of the project have it
/// @param absent whether a person looked for it in the image on the screen, and it is not there
/// @param next whether the next drawn object gets it
public record LabelLine(
        Label label, String key, int here, long total, boolean absent, boolean next) {}
