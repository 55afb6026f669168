package org.palimpsest.batch;

import java.util.EnumSet;
import java.util.Set;

/// How a model is evaluated.
///
/// @param tasks what it is asked for, as far as the data set says what is true
/// @param maxNewTokens where answers are cut
/// @param batch how many questions are answered together
/// @param labelsPerPrompt into how long pieces the labels are cut for `detect` and `segment`
/// @param seed where the drawing of images for confidence intervals starts
public record EvaluationOptions(
        Set<EvaluationTask> tasks, int maxNewTokens, int batch, int labelsPerPrompt, long seed) {

    /// Everything but [EvaluationTask#REFER], which asks once for every object.
    public static final EvaluationOptions USUAL =
            new EvaluationOptions(
                    EnumSet.complementOf(EnumSet.of(EvaluationTask.REFER)), 256, 1, 20, 0);

    public EvaluationOptions {
        tasks = Set.copyOf(tasks);
        if (maxNewTokens < 1 || batch < 1 || labelsPerPrompt < 1) {
            throw new IllegalArgumentException(
                    "Not positive: " + maxNewTokens + ", " + batch + ", " + labelsPerPrompt);
        }
    }
}
