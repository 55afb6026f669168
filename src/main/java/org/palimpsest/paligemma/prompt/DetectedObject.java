package org.palimpsest.paligemma.prompt;

/// One object of an answer: its label and box.
///
/// @param name a usable label, or empty where neither the answer nor the prompt names one
public record DetectedObject(String name, NormalizedBox box) {
    public DetectedObject {
        requireName(name);
    }

    static void requireName(String name) {
        if (!name.isEmpty()) {
            Labels.reasonToRefuse(name)
                    .ifPresent(reason -> {
                        throw new IllegalArgumentException(reason + ": '" + name + "'");
                    });
        }
    }
}
