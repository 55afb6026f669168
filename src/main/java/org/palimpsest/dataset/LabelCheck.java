package org.palimpsest.dataset;

/// What is known of a label in an image as a whole, beyond the objects that are marked
/// (LVIS, lvis-dataset/lvis-api: `neg_category_ids` and `not_exhaustive_category_ids`).
public enum LabelCheck {
    /// Looked for, and there is none.
    ABSENT,
    /// Some are marked, there are more.
    NOT_EXHAUSTIVE
}
