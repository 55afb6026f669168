package org.palimpsest.ui.browser;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.project.Histogram;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ProjectStatistics;
import org.palimpsest.ui.support.Texts;

/// Makes charts of numbers; each bar knows the filter that it stands for.
final class Charts {
    private static final int MOST_BARS = 40;
    private static final double OPEN = 1e300;

    private Charts() {}

    /// @param color of a label
    static List<Chart> of(ProjectStatistics numbers, ToIntFunction<String> color) {
        var annotations = numbers.annotations();
        var measures = annotations.measures();
        var charts = new ArrayList<Chart>();
        charts.add(
                named(
                        "labels",
                        annotations.labels(),
                        "label",
                        Optional.empty(),
                        label -> Optional.of(color.applyAsInt(label))));
        charts.add(enums("states", numbers.states(), "state"));
        charts.add(enums("splits", numbers.splits(), "split"));
        charts.add(named("tags", numbers.tags(), "tag", Optional.empty(), _ -> Optional.empty()));
        charts.add(measured("scores", measures.scores(), ImageFilter.Measure.SCORE));
        charts.add(measured("areas", measures.areas(), ImageFilter.Measure.AREA));
        charts.add(measured("aspects", measures.aspects(), ImageFilter.Measure.ASPECT));
        charts.add(edits(numbers.edits()));
        charts.add(enums("origins", annotations.origins(), "origin"));
        charts.add(enums("reviews", annotations.reviews(), "review"));
        charts.removeIf(chart -> chart.bars().stream().allMatch(bar -> bar.count() == 0));
        return charts;
    }

    private static Chart chart(String key, List<Chart.Bar> bars) {
        long most = bars.stream().mapToLong(Chart.Bar::count).max().orElse(0);
        return new Chart(
                Texts.get("browser.chart." + key),
                bars.stream()
                        .map(bar ->
                                new Chart.Bar(
                                        bar.title(),
                                        bar.count(),
                                        most == 0 ? 0 : (double) bar.count() / most,
                                        bar.rgb(),
                                        bar.name(),
                                        bar.term()))
                        .toList());
    }

    /// The most frequent first.
    private static Chart named(
            String key,
            Map<String, Long> counts,
            String term,
            Optional<String> name,
            Function<String, Optional<Integer>> rgb) {
        return chart(
                key,
                counts.entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .sorted(Comparator.comparingLong(entry -> -entry.getValue()))
                        .limit(MOST_BARS)
                        .map(entry ->
                                new Chart.Bar(
                                        entry.getKey(),
                                        entry.getValue(),
                                        0,
                                        rgb.apply(entry.getKey()),
                                        name,
                                        FilterTerms.term(term, entry.getKey())))
                        .toList());
    }

    private static <E extends Enum<E>> Chart enums(String key, Map<E, Long> counts, String name) {
        return chart(
                key,
                counts.entrySet().stream()
                        .map(entry ->
                                new Chart.Bar(
                                        Texts.get("browser." + name + "." + entry.getKey()),
                                        entry.getValue(),
                                        0,
                                        Optional.empty(),
                                        // Of an annotation's origins and reviews an image has
                                        // several.
                                        entry.getKey() instanceof ImageState || name.equals("split")
                                                ? Optional.of(name)
                                                : Optional.empty(),
                                        name + ":" + FilterTerms.word(entry.getKey())))
                        .toList());
    }

    private static Chart measured(String key, Histogram histogram, ImageFilter.Measure measure) {
        return binned(
                key,
                histogram,
                (from, below) -> FilterTerms.range(measure, from, below),
                measure == ImageFilter.Measure.AREA ? 100 : 1,
                FilterTerms.word(measure));
    }

    private static Chart edits(Histogram histogram) {
        return binned(
                "edits",
                histogram,
                (from, below) ->
                        below > OPEN
                                ? "edits>=" + FilterTerms.number(from)
                                : below - from == 1
                                        ? "edits=" + FilterTerms.number(from)
                                        : "edits="
                                                + FilterTerms.number(from)
                                                + ".."
                                                + FilterTerms.number(below),
                1,
                "edits");
    }

    private static Chart binned(
            String key,
            Histogram histogram,
            BiFunction<Double, Double, String> term,
            double scale,
            String name) {
        var bars = new ArrayList<Chart.Bar>();
        for (int i = 0; i < histogram.counts().size(); i++) {
            double from = histogram.edges().get(i);
            double below = histogram.edges().get(i + 1);
            boolean isWhole = key.equals("edits");
            String title =
                    below > OPEN
                            ? Texts.get("browser.bin.open", shown(from * scale))
                            : isWhole && below - from == 1
                                    ? shown(from)
                                    : Texts.get(
                                            "browser.bin",
                                            shown(from * scale),
                                            shown((isWhole ? below - 1 : below) * scale));
            bars.add(
                    new Chart.Bar(
                            title,
                            histogram.counts().get(i),
                            0,
                            Optional.empty(),
                            Optional.of(name),
                            term.apply(from, below)));
        }
        return chart(key, bars);
    }

    /// Without what computing in binary adds at the end.
    private static String shown(double value) {
        var format = NumberFormat.getInstance(Texts.locale());
        format.setMaximumFractionDigits(6);
        return format.format(value);
    }
}
