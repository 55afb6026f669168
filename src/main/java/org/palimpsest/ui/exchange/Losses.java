package org.palimpsest.ui.exchange;

import java.util.Map;
import org.palimpsest.format.ExportPreview;
import org.palimpsest.ui.support.Texts;

/// What a format cannot carry, in the person's language.
final class Losses {
    /// What the formats say becomes of it; words that are not here stay English.
    private static final Map<String, String> CONSEQUENCES =
            Map.ofEntries(
                    Map.entry("are left out", "leftOut"),
                    Map.entry("are filled", "filled"),
                    Map.entry("become boxes", "boxes"),
                    Map.entry("become one box", "oneBox"),
                    Map.entry("become one box around all parts", "oneBox"),
                    Map.entry("become boxes, without the holes", "boxesNoHoles"),
                    Map.entry("become pixel masks", "masks"),
                    Map.entry("become brush masks", "masks"),
                    Map.entry("become outlines", "outlines"),
                    Map.entry("become outlines of four corners", "fourCorners"),
                    Map.entry("become outlines, with holes filled", "outlinesFilled"),
                    Map.entry(
                            "become outlines, with holes filled and an object for each part",
                            "outlinesParts"),
                    Map.entry("become an object for each part", "objectPerPart"),
                    Map.entry("become ordinary objects", "ordinary"),
                    Map.entry("become single objects", "ordinary"),
                    Map.entry("are not told from single objects", "ordinary"),
                    Map.entry(
                            "become 16 codes within a box where the model has a mask codec, else boxes",
                            "codes"),
                    Map.entry("decide which labels are asked for, and are left out", "asked"),
                    Map.entry(
                            "are left out, unless the setting empty says what their answer is",
                            "unlessEmpty"),
                    Map.entry("keep descriptions and aliases only", "descriptions"));

    private Losses() {}

    /// `3 × pixel masks: become boxes`.
    static String words(ExportPreview.Loss loss) {
        var key = CONSEQUENCES.get(loss.consequence());
        return Texts.get(
                "exchange.loss",
                loss.count(),
                Texts.get("exchange.content." + loss.content()),
                key == null ? loss.consequence() : Texts.get("exchange.becomes." + key));
    }
}
