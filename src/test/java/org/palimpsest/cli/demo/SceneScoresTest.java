package org.palimpsest.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.palimpsest.evaluation.DetectionCounts;
import org.palimpsest.evaluation.MaskCounts;
import org.palimpsest.evaluation.TextCounts;
import org.palimpsest.format.scenes.Scene;

class SceneScoresTest {
    @Test
    void kindsOfQuestionsAreTheirFirstWords() {
        assertEquals(
                List.of("how many", "caption", "ocr", "ocr, no text"),
                List.of(
                        SceneEvaluation.kind(
                                new Scene.TrueText("answer en how many stars are there?", "2")),
                        SceneEvaluation.kind(new Scene.TrueText("caption en", "a star")),
                        SceneEvaluation.kind(new Scene.TrueText("ocr", "CAT")),
                        SceneEvaluation.kind(new Scene.TrueText("ocr", ""))));
    }

    @Test
    void scoresOfScenesAddUp() {
        var one =
                new SceneScores(
                        new DetectionCounts(1, 1, 2, 0.9),
                        new MaskCounts(1, 2, 0.8),
                        Map.of("ocr", new TextCounts(1, 1)),
                        1);
        var sum = one.plus(SceneScores.NONE).plus(one);
        assertEquals(new DetectionCounts(2, 2, 4, 1.8), sum.detection());
        assertEquals(0.4, sum.masks().meanIou(), 1e-12);
        assertEquals(new TextCounts(2, 2), sum.allTexts());
        assertEquals(2, sum.malformed());
    }
}
