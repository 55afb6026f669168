package org.palimpsest.format.prompts;

/// In which order an answer lists its objects.
public enum ObjectOrder {
    /// As they were drawn, the last on top.
    DRAWN,
    /// From top to bottom, then from left to right, by the box's first corner.
    POSITION,
    /// The largest first.
    AREA,
    /// At random, another way in each example: an order that a model cannot learn costs least (pix2seq's finding, in
    /// OFA-Sys/OFA issue 261).
    SHUFFLED
}
