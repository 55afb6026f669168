package org.palimpsest.ui.evaluation;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.palimpsest.project.EvaluationFigures;
import org.palimpsest.ui.support.Texts;

/// An evaluation as a text to paste, and as a table for other programs.
final class EvaluationText {
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private EvaluationText() {}

    /// As comma-separated values (RFC 4180): the figures, then one line for each label. Numbers are written the same in every
    /// language. A name that a spreadsheet would take for a formula gets an apostrophe.
    static String csv(EvaluationFigures figures) {
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("task", "figure", "value", "low", "high", "count"));
        for (var figure : figures.metrics()) {
            lines.add(
                    List.of(
                            figure.task(),
                            figure.name(),
                            number(figure.value()),
                            figure.interval().map(range -> number(range.low())).orElse(""),
                            figure.interval().map(range -> number(range.high())).orElse(""),
                            Long.toString(figure.count())));
        }
        figures.effort()
                .forEach((name, value) ->
                        lines.add(List.of("effort", name, number(value), "", "", "")));
        lines.add(List.of());
        lines.add(
                List.of(
                        "label",
                        "objects",
                        "predicted",
                        "AP50",
                        "AP",
                        "precision@0.5",
                        "recall@0.5",
                        "F1@0.5",
                        "mean IoU"));
        for (var label : figures.labels()) {
            lines.add(
                    List.of(
                            label.label(),
                            Long.toString(label.objects()),
                            Long.toString(label.predicted()),
                            number(label.ap50()),
                            number(label.ap()),
                            number(label.precision()),
                            number(label.recall()),
                            number(label.f1()),
                            number(label.meanIou())));
        }
        return lines.stream()
                .map(line ->
                        line.stream().map(EvaluationText::field).collect(Collectors.joining(","))
                                + "\r\n")
                .collect(Collectors.joining());
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6f", value) : "";
    }

    private static String field(String text) {
        boolean number = text.matches("-?[0-9]+(\\.[0-9]+)?");
        boolean formula = !text.isEmpty() && !number && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        var safe = formula ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? "\"" + safe.replace("\"", "\"\"") + "\""
                : safe;
    }

    /// In the person's language, in columns that tabs part.
    static String plain(Shown shown, Optional<Shown> before) {
        var text = new StringBuilder();
        text.append(title(shown)).append('\n');
        before.ifPresent(
                old -> text.append(Texts.get("evaluation.text.before", title(old))).append('\n'));
        for (var row : FigureRow.of(shown.figures(), before.map(Shown::figures))) {
            text.append('\n')
                    .append(row.task())
                    .append('\t')
                    .append(row.name())
                    .append('\t')
                    .append(Numbers.share(row.value()));
            if (before.isPresent()) {
                text.append('\t').append(Numbers.change(row.change()));
            }
        }
        text.append("\n\n")
                .append(
                        String.join(
                                "\t",
                                Texts.get("evaluation.column.label"),
                                Texts.get("evaluation.column.objects"),
                                Texts.get("evaluation.column.ap50"),
                                Texts.get("evaluation.column.ap"),
                                Texts.get("evaluation.column.precision"),
                                Texts.get("evaluation.column.recall"),
                                Texts.get("evaluation.column.f1"),
                                Texts.get("evaluation.column.iou")));
        for (var label : shown.figures().labels()) {
            text.append('\n')
                    .append(
                            String.join(
                                    "\t",
                                    label.label(),
                                    Numbers.count(label.objects()),
                                    Numbers.share(label.ap50()),
                                    Numbers.share(label.ap()),
                                    Numbers.share(label.precision()),
                                    Numbers.share(label.recall()),
                                    Numbers.share(label.f1()),
                                    Numbers.share(label.meanIou())));
        }
        return text.append('\n').toString();
    }

    /// Model, day and images.
    static String title(Shown shown) {
        return Texts.get(
                "evaluation.text.title",
                shown.figures().model(),
                Date.from(shown.at()),
                ImageChoice.title(shown.images()));
    }
}
