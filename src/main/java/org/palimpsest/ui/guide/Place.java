package org.palimpsest.ui.guide;

/// Where a reader is: a page, and the heading on it that a link led to.
///
/// @param anchor of a heading, as in a link behind `#`; empty for the beginning of the page
record Place(Topic topic, String anchor) {
    static Place top(Topic topic) {
        return new Place(topic, "");
    }
}
