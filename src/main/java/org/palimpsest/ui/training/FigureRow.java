package org.palimpsest.ui.training;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.batch.fit.ProjectJudge;
import org.palimpsest.training.report.ModelCard;
import org.palimpsest.ui.support.Texts;

/// One figure without and with the adapter.
///
/// @param name as the core calls it
/// @param before NaN where it is not known
/// @param after NaN where it is not known
record FigureRow(String name, double before, double after) {
    private static final double SAME = 5e-4;
    private static final Map<String, String> TITLES = titles();

    /// What became of a figure.
    enum Change {
        BETTER,
        WORSE,
        SAME
    }

    private static Map<String, String> titles() {
        var titles = new LinkedHashMap<String, String>();
        titles.put("precision@0.5", "training.figure.precision");
        titles.put("recall@0.5", "training.figure.recall");
        titles.put("malformed answers", "training.figure.malformed");
        titles.put("exact", "training.figure.exact");
        titles.put("character error rate", "training.figure.characters");
        return titles;
    }

    /// The rows of a comparison, what a correction costs first.
    static List<FigureRow> of(ModelCard.Comparison both) {
        var names = new LinkedHashMap<>(both.after());
        both.before().forEach(names::putIfAbsent);
        var rows = new ArrayList<FigureRow>();
        names.keySet()
                .forEach(name ->
                        rows.add(
                                new FigureRow(
                                        name,
                                        both.before().getOrDefault(name, Double.NaN),
                                        both.after().getOrDefault(name, Double.NaN))));
        rows.sort((one, two) -> Boolean.compare(two.isEffort(), one.isEffort()));
        return rows;
    }

    private boolean isEffort() {
        return name.equals(ProjectJudge.EFFORT);
    }

    /// What a person calls it.
    String title() {
        return title(name);
    }

    static String title(String name) {
        if (name.equals(ProjectJudge.EFFORT)) {
            return Texts.get("training.figure.effort");
        }
        for (var known : TITLES.entrySet()) {
            if (name.endsWith(" " + known.getKey())) {
                String task = name.substring(0, name.length() - known.getKey().length() - 1);
                return Texts.get(known.getValue(), task);
            }
        }
        return name;
    }

    private boolean smallerIsBetter() {
        return isEffort()
                || name.endsWith("malformed answers")
                || name.endsWith("character error rate");
    }

    Change change() {
        double more = after - before;
        if (!Double.isFinite(more) || Math.abs(more) < SAME) {
            return Change.SAME;
        }
        return more < 0 == smallerIsBetter() ? Change.BETTER : Change.WORSE;
    }

    /// The difference with its sign.
    String difference() {
        double more = after - before;
        return !Double.isFinite(more) || Math.abs(more) < SAME
                ? "–"
                : (more > 0 ? "+" : "−") + number(Math.abs(more));
    }

    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        var format = NumberFormat.getInstance(Texts.locale());
        format.setMinimumFractionDigits(value == Math.rint(value) ? 0 : 3);
        format.setMaximumFractionDigits(3);
        return format.format(value);
    }
}
