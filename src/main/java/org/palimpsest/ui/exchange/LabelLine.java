package org.palimpsest.ui.exchange;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.palimpsest.dataset.Label;

/// A label of a file with what it is to be called in the project; an empty name leaves its objects out.
record LabelLine(ImportPreview.LabelCount label, StringProperty becomes) {
    LabelLine(ImportPreview.LabelCount label) {
        this(label, new SimpleStringProperty(label.becomes()));
    }

    /// The name without blanks around it.
    String name() {
        var typed = becomes.get();
        return typed == null ? "" : typed.strip();
    }

    /// Whether a label can be called so.
    boolean isGood() {
        return name().isEmpty() || Label.isName(name());
    }

    /// What the labels are to be called that do not keep their names.
    static Map<String, String> changes(List<LabelLine> lines) {
        Map<String, String> names = new TreeMap<>();
        for (var line : lines) {
            if (!line.name().equals(line.label().name())) {
                names.put(line.label().name(), line.name());
            }
        }
        return names;
    }
}
