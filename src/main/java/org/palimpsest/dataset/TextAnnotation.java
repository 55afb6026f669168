package org.palimpsest.dataset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A text about an image: a caption, an answer, the text that can be read in it.
///
/// Several captions of one language, or several answers to one question, are several annotations with the same prompt.
///
/// @param prompt the PaliGemma prompt that the text answers, such as `caption en`
/// @param attributes further properties by name
/// @param links phrases of the text that name objects of the image, in the order of the text
public record TextAnnotation(
        AnnotationId id,
        String prompt,
        String text,
        Provenance provenance,
        ReviewState review,
        SortedMap<String, String> attributes,
        List<PhraseLink> links)
        implements Annotation {

    /// @throws IllegalArgumentException if a link reaches beyond the text
    public TextAnnotation {
        attributes = Attributes.copyOf(attributes);
        links = List.copyOf(links);
        for (var link : links) {
            if (link.end() > text.length()) {
                throw new IllegalArgumentException(link + " reaches beyond \"" + text + "\"");
            }
        }
    }

    /// A text without further properties.
    public TextAnnotation(
            AnnotationId id,
            String prompt,
            String text,
            Provenance provenance,
            ReviewState review) {
        this(id, prompt, text, provenance, review, Attributes.NONE, List.of());
    }

    /// A new text that nobody has reviewed.
    public static TextAnnotation of(String prompt, String text, Provenance provenance) {
        return new TextAnnotation(
                AnnotationId.random(), prompt, text, provenance, ReviewState.UNREVIEWED);
    }

    /// The prompt of a sentence that refers to one object, as PaliGemma's RefCOCO models are asked.
    public static final String REFERRING_PROMPT = "segment";

    /// A sentence that means one object of the image, such as `the cat on the left`. It is a text like any other, with
    /// the bare prompt `segment` and one link from the whole sentence to the object.
    public TextAnnotation referringTo(AnnotationId object) {
        return new TextAnnotation(
                id,
                REFERRING_PROMPT,
                text,
                provenance,
                review,
                attributes,
                List.of(new PhraseLink(0, text.length(), object)));
    }

    /// The object that this sentence means as a whole; empty for every other text.
    public Optional<AnnotationId> referent() {
        boolean whole =
                prompt.equals(REFERRING_PROMPT)
                        && links.size() == 1
                        && links.getFirst().start() == 0
                        && links.getFirst().end() == text.length();
        return whole ? Optional.of(links.getFirst().object()) : Optional.empty();
    }

    /// The text as a person wrote it anew, which accepts it. Links to phrases outside of the changed part stay.
    public TextAnnotation correctText(String corrected, String by, Instant at) {
        return new TextAnnotation(
                id,
                prompt,
                corrected,
                provenance.correctedBy(by, at, new Original.OfText(text)),
                ReviewState.ACCEPTED,
                attributes,
                linksIn(corrected));
    }

    private List<PhraseLink> linksIn(String changed) {
        int shorter = Math.min(text.length(), changed.length());
        int head = 0;
        while (head < shorter && text.charAt(head) == changed.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && text.charAt(text.length() - 1 - tail)
                        == changed.charAt(changed.length() - 1 - tail)) {
            tail++;
        }
        int shift = changed.length() - text.length();
        var kept = new ArrayList<PhraseLink>();
        for (var link : links) {
            if (link.end() <= head) {
                kept.add(link);
            } else if (link.start() >= text.length() - tail) {
                kept.add(new PhraseLink(link.start() + shift, link.end() + shift, link.object()));
            }
        }
        return kept;
    }

    @Override
    public TextAnnotation withReview(ReviewState reviewed) {
        return new TextAnnotation(id, prompt, text, provenance, reviewed, attributes, links);
    }

    public TextAnnotation withAttributes(Map<String, String> changed) {
        return new TextAnnotation(
                id, prompt, text, provenance, review, new TreeMap<>(changed), links);
    }

    public TextAnnotation withLinks(List<PhraseLink> changed) {
        return new TextAnnotation(id, prompt, text, provenance, review, attributes, changed);
    }
}
