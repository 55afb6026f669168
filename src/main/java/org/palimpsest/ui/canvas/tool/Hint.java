package org.palimpsest.ui.canvas.tool;

/// Why a gesture does nothing, where a person would wonder.
public enum Hint {
    /// The selected object is locked.
    LOCKED,
    /// Brush and eraser change masks; the selected object is none.
    NO_MASK,
    /// The tool needs an outline with vertices.
    NO_POLYGON,
    /// The operation needs two objects or more.
    TWO_OBJECTS,
    /// The outline has so many rings that it would take long; it is noise rather than a shape.
    TOO_DETAILED,
    /// Nothing would be left of the object.
    NOTHING_LEFT,
    /// The image's pixels are not at hand in full size.
    NO_PIXELS
}
