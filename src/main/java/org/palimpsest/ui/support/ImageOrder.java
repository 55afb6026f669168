package org.palimpsest.ui.support;

/// By what the images of the list are ordered.
public enum ImageOrder {
    /// As they came into the project.
    ADDED,
    /// By file name, as people count.
    NAME,
    /// By when the camera took them.
    DATE,
    /// By how unsure the model was of its least sure proposal.
    UNCERTAINTY,
    /// By how much the last two runs of a prompt disagree.
    DISAGREEMENT,
    /// By how much they look like the image on the screen.
    SIMILARITY
}
