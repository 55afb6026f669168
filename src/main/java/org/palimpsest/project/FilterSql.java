package org.palimpsest.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Turns a filter into a condition on the table `image`, with its values apart.
final class FilterSql {
    private final Names names;
    private final List<Object> values = new ArrayList<>();

    private FilterSql(Names names) {
        this.names = names;
    }

    /// @param values for the question marks, in order
    record Condition(String sql, List<Object> values) {}

    static Condition of(ImageFilter filter, Names names) {
        var writer = new FilterSql(names);
        String sql = writer.sql(filter);
        return new Condition(sql, writer.values);
    }

    private String sql(ImageFilter filter) {
        return switch (filter) {
            case ImageFilter.And(var all) -> join(all, " AND ", "1");
            case ImageFilter.Or(var all) -> join(all, " OR ", "0");
            case ImageFilter.Not(var one) -> "NOT " + sql(one);
            case ImageFilter.InState(var state) -> with("image.state = ?", state.name());
            case ImageFilter.InSplit(var split) -> with("image.split = ?", split.name());
            case ImageFilter.Tagged(var tag) ->
                    with(
                            "EXISTS (SELECT 1 FROM image_tag WHERE tag = ? AND image = image.id)",
                            tag);
            case ImageFilter.HasLabel(var label) ->
                    with(annotation("a.label = ?"), names.findLabel(label).orElse(-1L));
            case ImageFilter.CheckedAbsent(var label) ->
                    with(
                            "EXISTS (SELECT 1 FROM label_check WHERE label = ? AND image = image.id"
                                    + " AND found = 'ABSENT')",
                            names.findLabel(label).orElse(-1L));
            case ImageFilter.HasReview(var review) ->
                    counts(review.name().toLowerCase(Locale.ROOT) + " > 0");
            case ImageFilter.HasOrigin(var origin) ->
                    counts(origin.name().toLowerCase(Locale.ROOT) + " > 0");
            case ImageFilter.FromModel(var model) ->
                    with(
                            annotation(
                                    "a.source IN (SELECT id FROM source WHERE kind = 'predicted'"
                                            + " AND name = ?)"),
                            model);
            case ImageFilter.SaysWords(var words) ->
                    with(
                            "image.id IN (SELECT rowid >> "
                                    + AnnotationTable.ID_BITS
                                    + " FROM text_search WHERE text_search MATCH ?)",
                            phrase(words));
            case ImageFilter.Named(var part) ->
                    with("instr(image.words, ?) > 0", part.toLowerCase(Locale.ROOT));
            case ImageFilter.Score(var comparison, double value) ->
                    with(
                            annotation(
                                    "a.score IS NOT NULL AND a.score " + comparison.sign() + " ?"),
                            value);
            case ImageFilter.Objects(var comparison, int value) ->
                    with(counts("objects " + comparison.sign() + " ?"), value);
            case ImageFilter.Texts(var comparison, int value) ->
                    with(counts("texts " + comparison.sign() + " ?"), value);
        };
    }

    private static String counts(String condition) {
        return "EXISTS (SELECT 1 FROM image_count c WHERE c.image = image.id AND c."
                + condition
                + ")";
    }

    private static String annotation(String condition) {
        return "EXISTS (SELECT 1 FROM annotation a WHERE " + condition + " AND a.image = image.id)";
    }

    private String with(String sql, Object value) {
        values.add(value);
        return sql;
    }

    private String join(List<ImageFilter> all, String between, String none) {
        return all.isEmpty()
                ? none
                : all.stream().map(this::sql).collect(Collectors.joining(between, "(", ")"));
    }

    /// In quotes all words are words to FTS5, whatever signs they have.
    private static String phrase(String words) {
        return "\"" + words.replace("\"", "\"\"") + "\"";
    }
}
