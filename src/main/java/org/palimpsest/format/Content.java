package org.palimpsest.format;

/// What a data set may hold and a format may be unable to carry.
public enum Content {
    BOXES("boxes"),
    POLYGONS("outlines"),
    HOLES("holes in outlines"),
    SEVERAL_PARTS("objects of several parts"),
    MASKS("pixel masks"),
    CROWDS("crowd regions"),
    SCORES("scores"),
    ATTRIBUTES("attributes"),
    CAPTIONS("captions"),
    QUESTIONS("questions with answers"),
    OTHER_TEXTS("other texts"),
    PHRASE_LINKS("links from phrases to objects"),
    LABEL_CHECKS("labels checked as absent or not exhaustive"),
    LABEL_DETAILS("colours, shortcuts, descriptions and aliases of labels"),
    SPLITS("splits"),
    TAGS_AND_NOTES("tags and notes of images"),
    IMAGE_STATES("review states of images"),
    PROVENANCE("where annotations came from"),
    EMPTY_IMAGES("images without annotations");

    private final String words;

    Content(String words) {
        this.words = words;
    }

    /// For a report: `holes in outlines`.
    public String words() {
        return words;
    }
}
