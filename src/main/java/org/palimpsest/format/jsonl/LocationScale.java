package org.palimpsest.format.jsonl;

/// Files that divide by 1024 where big_vision divides by 1023: the parsers of several demonstrations do, and writers
/// that do not clip give the far edge a token of its own.
final class LocationScale {
    /// The token that tells.
    static final String BEYOND = "<loc1024>";

    static final int BINS = 1024;

    private LocationScale() {}

    /// The text with tokens that a parser knows, in the same places.
    static String readable(String suffix, int scale) {
        return scale == BINS ? suffix.replace(BEYOND, "<loc1023>") : suffix;
    }
}
