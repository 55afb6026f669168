package org.palimpsest.ui.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.project.EvaluationFigures;
import org.palimpsest.project.EvaluationFigures.Figure;
import org.palimpsest.project.EvaluationFigures.Range;
import org.palimpsest.ui.support.Texts;

/// A line of the table of figures.
///
/// @param key the figure's key among the texts
/// @param task in words
/// @param name in words
/// @param before of the evaluation that this one is held against; NaN where there is none
record FigureRow(
        String key, String task, String name, double value, Optional<Range> range, double before) {
    /// Those that no task belongs to.
    private static final List<String> EFFORT =
            List.of(EvaluationFigures.ACTIONS_PER_IMAGE, EvaluationFigures.ACTIONS_SAVED);

    private static final Set<String> FEWER_IS_BETTER =
            Set.of("malformed", "invalid", "cer", "wer", EvaluationFigures.ACTIONS_PER_IMAGE);

    static List<FigureRow> of(EvaluationFigures figures, Optional<EvaluationFigures> before) {
        var rows = new ArrayList<FigureRow>();
        for (var name : EFFORT) {
            var value = figures.effort().get(name);
            if (value != null) {
                rows.add(
                        new FigureRow(
                                name,
                                Texts.get("evaluation.task.effort"),
                                Texts.get("evaluation.figure." + name),
                                value,
                                Optional.empty(),
                                before.map(EvaluationFigures::effort)
                                        .map(effort -> effort.getOrDefault(name, Double.NaN))
                                        .orElse(Double.NaN)));
            }
        }
        for (var figure : figures.metrics()) {
            rows.add(row(figure, before));
        }
        return rows;
    }

    private static FigureRow row(Figure figure, Optional<EvaluationFigures> before) {
        var key = key(figure.name());
        return new FigureRow(
                key,
                task(figure.task()),
                key.isEmpty() ? figure.name() : Texts.get("evaluation.figure." + key),
                figure.value(),
                figure.interval(),
                before.map(old -> old.value(figure.task(), figure.name()).orElse(Double.NaN))
                        .orElse(Double.NaN));
    }

    /// Empty for a figure that a later version of the program kept.
    private static String key(String name) {
        return switch (name) {
            case "mAP" -> "map";
            case "AP50" -> "ap50";
            case "AP75" -> "ap75";
            case "AP small" -> "apSmall";
            case "AP medium" -> "apMedium";
            case "AP large" -> "apLarge";
            case "AR1" -> "ar1";
            case "AR10" -> "ar10";
            case "AR100" -> "ar100";
            case "precision@0.5" -> "precision";
            case "recall@0.5" -> "recall";
            case "F1@0.5" -> "f1";
            case "mIoU" -> "miou";
            case "malformed answers" -> "malformed";
            case "invalid answers" -> "invalid";
            case "CIDEr-D" -> "cider";
            case "BLEU-4" -> "bleu";
            case "exact" -> "exact";
            case "VQA accuracy" -> "vqa";
            case "ANLS" -> "anls";
            case "relaxed accuracy" -> "relaxed";
            case "character error rate" -> "cer";
            case "word error rate" -> "wer";
            case "box accuracy@0.5", "box accuracy@0.75" -> "boxAccuracy";
            default -> "";
        };
    }

    static String task(String task) {
        var verb = task.split(" ", 2)[0];
        return switch (verb) {
            case "detect", "segment", "refer", "answer", "ocr" ->
                    Texts.get("evaluation.task." + verb);
            default -> Texts.get("evaluation.task.caption", task);
        };
    }

    /// What was asked, and the figure's name.
    String title() {
        return task + " · " + name;
    }

    /// What the figure says, in a sentence.
    String meaning() {
        return key.isEmpty() ? "" : Texts.get("evaluation.meaning." + key);
    }

    /// Whether it is a number of things and no share.
    boolean isCount() {
        return key.equals("malformed") || key.equals("invalid");
    }

    /// What became of it; NaN where nothing is known of before.
    double change() {
        return value - before;
    }

    /// 1 where it became better, −1 where it became worse, 0 where it is the same or nobody knows.
    int direction() {
        double change = change();
        if (Double.isNaN(change) || Math.abs(change) < 5e-4) {
            return 0;
        }
        boolean better = change > 0 != FEWER_IS_BETTER.contains(key);
        return better ? 1 : -1;
    }
}
