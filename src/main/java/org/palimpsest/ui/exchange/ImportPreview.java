package org.palimpsest.ui.exchange;

import java.util.List;
import org.palimpsest.format.Finding;
import org.palimpsest.ui.support.Texts;

/// What an import would bring, before it does.
///
/// @param known images that the project has already
/// @param added images that it would get
/// @param missing images that were not found
/// @param objects how many objects
/// @param texts how many texts
/// @param labels the labels of the objects
/// @param rows the first annotations, one in a line
/// @param findings what cannot be taken over or is worth knowing; the first ones
/// @param more how many findings there are beyond
record ImportPreview(
        long known,
        long added,
        long missing,
        long objects,
        long texts,
        List<LabelCount> labels,
        List<String> rows,
        List<Finding> findings,
        long more) {
    ImportPreview {
        labels = List.copyOf(labels);
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
    }

    /// A label as the file has it.
    ///
    /// @param becomes what it would be called in the project: by itself its own name, or that of the label whose alias it is
    /// @param isNew whether the project has no such label yet
    record LabelCount(String name, long count, String becomes, boolean isNew) {}

    String summary() {
        return Texts.get("exchange.import.summary", known + added, objects, texts);
    }

    /// How many images the project knows.
    String images() {
        return Texts.get("exchange.import.images", known, added, missing);
    }

    /// Whether anything would come.
    boolean isEmpty() {
        return known + added == 0;
    }
}
