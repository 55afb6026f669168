package org.palimpsest.dataset;

/// Which part of the data set an image belongs to.
public enum Split {
    /// No part yet.
    UNASSIGNED,
    TRAIN,
    VALIDATION,
    TEST
}
