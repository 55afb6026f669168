package org.palimpsest.ui.canvas.tool;

/// Keys that tools understand, by what they mean.
public enum ToolKey {
    CANCEL,
    /// Ends what is under way: closes an outline, applies what is previewed.
    CONFIRM,
    /// Takes the last step of what is under way back.
    BACK,
    /// Removes what is held, such as a vertex.
    DELETE,
    LEFT,
    RIGHT,
    UP,
    DOWN,
    SMALLER,
    LARGER,
    /// Takes hold of the next handle or vertex.
    NEXT,
    /// Takes hold of the one before.
    PREVIOUS,
    /// Puts a vertex behind the one that is held.
    INSERT
}
