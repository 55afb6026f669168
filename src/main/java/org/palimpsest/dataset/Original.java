package org.palimpsest.dataset;

import org.palimpsest.geometry.Region;

/// What an annotation was before a person corrected it for the first time.
public sealed interface Original {

    record OfObject(String label, Region region) implements Original {}

    record OfText(String text) implements Original {}
}
