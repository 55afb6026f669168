package org.palimpsest.ui.evaluation;

import java.util.ArrayList;
import org.palimpsest.batch.ImageResult;
import org.palimpsest.ui.support.Texts;

/// What is wrong in an image, in words.
final class Faults {
    private Faults() {}

    static String words(ImageResult result) {
        var faults = new ArrayList<String>();
        add(faults, "evaluation.fault.missed", result.missed());
        add(faults, "evaluation.fault.madeUp", result.madeUp());
        add(faults, "evaluation.fault.misnamed", result.misnamed());
        add(faults, "evaluation.fault.texts", result.wrongTexts());
        add(faults, "evaluation.fault.malformed", result.malformed());
        return faults.isEmpty() ? Texts.get("evaluation.fault.none") : String.join(" · ", faults);
    }

    private static void add(ArrayList<String> faults, String key, int count) {
        if (count > 0) {
            faults.add(Texts.get(key, count));
        }
    }

    /// Found objects of all, edits, and how well what was paired overlaps.
    static String details(ImageResult result) {
        int objects = result.found() + result.missed() + result.misnamed();
        return Texts.get(
                "evaluation.fault.details",
                result.found(),
                objects,
                result.edits(),
                Numbers.share(result.meanIou().orElse(Double.NaN)));
    }
}
