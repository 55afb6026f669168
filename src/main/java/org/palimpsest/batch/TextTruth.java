package org.palimpsest.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.paligemma.prompt.Task;

/// The texts of an image by the prompt that they answer.
final class TextTruth {
    private TextTruth() {}

    /// The true texts of each prompt whose task is meant, in the image's order.
    static Map<String, List<String>> byPrompt(AnnotatedImage truth, Predicate<Task> meant) {
        var texts = new LinkedHashMap<String, List<String>>();
        for (var text : truth.texts()) {
            if (meant.test(Task.parse(text.prompt()))) {
                texts.computeIfAbsent(text.prompt(), _ -> new ArrayList<>()).add(text.text());
            }
        }
        return texts;
    }
}
