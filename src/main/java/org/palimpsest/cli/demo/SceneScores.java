package org.palimpsest.cli.demo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.palimpsest.evaluation.DetectionCounts;
import org.palimpsest.evaluation.MaskCounts;
import org.palimpsest.evaluation.TextCounts;

/// How much of the truth was found; adds up over scenes.
///
/// @param detection boxes of the prompt that names every label, at an overlap of 0.5
/// @param masks masks of prompts that name one label each
/// @param texts exact answers by kind of question, in the order in which the kinds were first asked
/// @param malformed answers that did not keep to the form of their task
public record SceneScores(
        DetectionCounts detection, MaskCounts masks, Map<String, TextCounts> texts, int malformed) {
    public static final SceneScores NONE =
            new SceneScores(DetectionCounts.NONE, MaskCounts.NONE, Map.of(), 0);

    public SceneScores {
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    public SceneScores plus(SceneScores other) {
        var sum = new LinkedHashMap<>(texts);
        other.texts.forEach((kind, counts) -> sum.merge(kind, counts, TextCounts::plus));
        return new SceneScores(
                detection.plus(other.detection),
                masks.plus(other.masks),
                sum,
                malformed + other.malformed);
    }

    /// All texts together.
    public TextCounts allTexts() {
        return texts.values().stream().reduce(TextCounts.NONE, TextCounts::plus);
    }
}
