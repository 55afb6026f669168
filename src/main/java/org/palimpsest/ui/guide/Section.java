package org.palimpsest.ui.guide;

/// What stands beneath one heading, without marks.
///
/// @param anchor of the heading, as in a link behind `#`
record Section(String heading, String anchor, String text) {}
