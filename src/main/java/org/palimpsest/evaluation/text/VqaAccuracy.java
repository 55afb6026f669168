package org.palimpsest.evaluation.text;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/// How right an answer is when several people gave theirs.
///
/// [#official] is VQAv2's accuracy (GT-Vision-Lab/VQA PythonEvaluationTools/vqaEvaluation/vqaEval.py, a013f00); the
/// others are big_vision's figures for OK-VQA and the like (evaluators/proj/paligemma/transfers/vqa.py, 0127fb6).
///
/// big_vision's own VQAv2 evaluator gives the same numbers as the official script but for texts with more than 32 full
/// stops: the script removes the first 32 of them only, by a slip that became the definition, and we follow the script.
public final class VqaAccuracy {
    /// So many people must have given an answer for it to be right entirely.
    private static final double ENOUGH = 3;

    private VqaAccuracy() {}

    /// VQAv2's accuracy, 0 to 1: the mean of min(1, matches / 3) over all ways to leave one person's answer out.
    ///
    /// Answers are compared after [VqaNormalization], unless all people agree to the letter.
    ///
    /// @throws IllegalArgumentException if nobody answered
    public static double official(String prediction, List<String> answers) {
        requireAnswers(answers);
        var people = answers.stream().map(VqaAccuracy::onOneLine).toList();
        var given = onOneLine(prediction);
        if (new HashSet<>(people).size() > 1) {
            people = people.stream().map(VqaNormalization::apply).toList();
            given = VqaNormalization.apply(given);
        }
        long matches = people.stream().filter(given::equals).count();
        double whenOneOfThemIsLeftOut = Math.min(1, (matches - 1) / ENOUGH);
        double whenAnotherIsLeftOut = Math.min(1, matches / ENOUGH);
        return (matches * whenOneOfThemIsLeftOut + (people.size() - matches) * whenAnotherIsLeftOut)
                / people.size();
    }

    private static String onOneLine(String text) {
        return PythonText.strip(text.replace('\n', ' ').replace('\t', ' '));
    }

    /// min(1, matches / 3) with texts as they are; 1 or 0 where there is one answer only.
    ///
    /// @throws IllegalArgumentException if nobody answered
    public static double simple(String prediction, Collection<String> answers) {
        requireAnswers(answers);
        return answers.size() == 1
                ? anyMatch(prediction, answers)
                : Math.min(1, answers.stream().filter(prediction::equals).count() / ENOUGH);
    }

    /// 1 where anybody gave this answer to the letter, else 0.
    public static double anyMatch(String prediction, Collection<String> answers) {
        return answers.contains(prediction) ? 1 : 0;
    }

    private static void requireAnswers(Collection<String> answers) {
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("No answer to compare with");
        }
    }
}
