package org.palimpsest.ui.inspector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.PhraseLink;
import org.palimpsest.dataset.TextAnnotation;

/// A part of a text, either tied to an object as a whole or not at all.
///
/// @param link what ties it; empty where nothing does
record Phrase(String words, Optional<PhraseLink> link) {

    /// The text in parts; together they are the text. Of links that overlap, the earlier one is shown.
    static List<Phrase> of(TextAnnotation text) {
        var links = new ArrayList<>(text.links());
        links.sort(Comparator.comparingInt(PhraseLink::start));
        var parts = new ArrayList<Phrase>();
        int at = 0;
        for (var link : links) {
            if (link.start() < at) {
                continue;
            }
            if (link.start() > at) {
                parts.add(new Phrase(text.text().substring(at, link.start()), Optional.empty()));
            }
            parts.add(
                    new Phrase(text.text().substring(link.start(), link.end()), Optional.of(link)));
            at = link.end();
        }
        if (at < text.text().length()) {
            parts.add(new Phrase(text.text().substring(at), Optional.empty()));
        }
        return parts;
    }
}
