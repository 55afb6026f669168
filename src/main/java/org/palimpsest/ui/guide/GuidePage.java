package org.palimpsest.ui.guide;

import java.util.List;
import org.commonmark.node.Node;

/// One page as it was written.
///
/// @param title its first heading
/// @param sections what is searched, in the order of the page; the first one is the page's own
record GuidePage(Topic topic, String title, Node document, List<Section> sections) {
    GuidePage {
        sections = List.copyOf(sections);
    }
}
