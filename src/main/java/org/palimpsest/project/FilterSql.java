package org.palimpsest.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.palimpsest.problem.ProblemException;

/// Turns a filter into a condition on the table `image`, with its values apart.
///
/// What follows makes no difference to what is found, only to how fast: measured with `palimpsest benchmark --project`.
final class FilterSql {
    /// Up to so many annotations are listed, of more each image is asked.
    private static final int FEW = 20_000;

    /// In which rows of images something is looked for.
    record Range(long first, long last) {
        static final Range ALL = new Range(0, (1L << (63 - AnnotationTable.ID_BITS)) - 1);
    }

    private final Database database;
    private final Names names;
    private final Range range;
    private boolean inAlternative;
    private boolean searchesText;
    private final List<Object> values = new ArrayList<>();

    private FilterSql(Database database, Names names, Range range) {
        this.database = database;
        this.names = names;
        this.range = range;
    }

    /// @param values for the question marks, in order
    /// @param searchesText whether it is worth while to look at a part of the images at a time
    record Condition(String sql, List<Object> values, boolean searchesText) {}

    static Condition of(ImageFilter filter, Database database, Names names, Range range)
            throws ProblemException {
        var writer = new FilterSql(database, names, range);
        writer.values.add(range.first());
        writer.values.add(range.last());
        String sql = "image.id BETWEEN ? AND ? AND " + writer.sql(filter);
        return new Condition(sql, writer.values, writer.searchesText);
    }

    private String sql(ImageFilter filter) throws ProblemException {
        return switch (filter) {
            case ImageFilter.And(var all) -> join(all, " AND ", "1");
            case ImageFilter.Or(var all) -> {
                inAlternative = true;
                yield join(all, " OR ", "0");
            }
            case ImageFilter.Not(var one) -> "NOT " + sql(one);
            case ImageFilter.InState(var state) -> with(column("state") + " = ?", state.name());
            case ImageFilter.InSplit(var split) -> with(column("split") + " = ?", split.name());
            case ImageFilter.Tagged(var tag) ->
                    with(
                            "EXISTS (SELECT 1 FROM image_tag WHERE tag = ? AND image = image.id)",
                            tag);
            case ImageFilter.HasLabel(var label) ->
                    annotation("label = ?", names.findLabel(label).orElse(-1L));
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
                    annotation(
                            "source IN (SELECT id FROM source WHERE kind = 'predicted' AND name = ?)",
                            model);
            case ImageFilter.FromPrompt(var prompt) ->
                    with(
                            "("
                                    + annotation(
                                            "source IN (SELECT id FROM source WHERE kind ="
                                                    + " 'predicted' AND detail = ?)",
                                            prompt)
                                    + " OR EXISTS (SELECT 1 FROM annotation p WHERE p.image ="
                                    + " image.id AND p.label IS NULL AND p.prompt = ?))",
                            prompt);
            case ImageFilter.SaysWords(var words) -> {
                searchesText = true;
                values.add(phrase(words));
                values.add(range.first() << AnnotationTable.ID_BITS);
                values.add(((range.last() + 1) << AnnotationTable.ID_BITS) - 1);
                yield "image.id IN (SELECT rowid >> "
                        + AnnotationTable.ID_BITS
                        + " FROM text_search WHERE text_search MATCH ? AND rowid BETWEEN ? AND ?)";
            }
            case ImageFilter.Named(var part) ->
                    with("instr(image.words, ?) > 0", part.toLowerCase(Locale.ROOT));
            case ImageFilter.Score(var comparison, double value) ->
                    with(
                            "EXISTS (SELECT 1 FROM annotation a WHERE a.score IS NOT NULL AND a.score "
                                    + comparison.sign()
                                    + " ? AND a.image = image.id)",
                            value);
            case ImageFilter.Within(var measure, double from, double below) -> {
                values.add(from);
                values.add(below);
                yield within(measure);
            }
            case ImageFilter.Edits(var comparison, int value) ->
                    with(
                            "EXISTS (SELECT 1 FROM image_count c WHERE c.image = image.id AND "
                                    + ImageMeasures.EDITS
                                    + " "
                                    + comparison.sign()
                                    + " ?)",
                            value);
            case ImageFilter.Objects(var comparison, int value) ->
                    with(counts("objects " + comparison.sign() + " ?"), value);
            case ImageFilter.Texts(var comparison, int value) ->
                    with(counts("texts " + comparison.sign() + " ?"), value);
        };
    }

    private static String within(ImageFilter.Measure measure) {
        return switch (measure) {
            // The index of scores has only annotations with one, and is used where that is said.
            case SCORE -> within("a.score IS NOT NULL", "a.score");
            case AREA -> within("a.label IS NOT NULL", ImageMeasures.AREA);
            case ASPECT -> within("a.label IS NOT NULL", ImageMeasures.ASPECT);
        };
    }

    private static String within(String which, String value) {
        return "EXISTS (SELECT 1 FROM annotation a WHERE a.image = image.id AND "
                + which
                + " AND "
                + value
                + " >= ? AND "
                + value
                + " < ?)";
    }

    private static String counts(String condition) {
        return "EXISTS (SELECT 1 FROM image_count c WHERE c.image = image.id AND c."
                + condition
                + ")";
    }

    private String annotation(String condition, Object value) throws ProblemException {
        values.add(value);
        long count =
                database.longValue(
                        "SELECT count(*) FROM (SELECT 1 FROM annotation WHERE "
                                + condition
                                + " LIMIT "
                                + FEW
                                + ")",
                        value);
        return count < FEW
                ? "image.id IN (SELECT image FROM annotation WHERE " + condition + ")"
                : "EXISTS (SELECT 1 FROM annotation a WHERE a."
                        + condition
                        + " AND a.image = image.id)";
    }

    /// With a plus, SQLite uses no index; among alternatives one would only sort the images anew.
    private String column(String name) {
        return (inAlternative ? "+" : "") + "image." + name;
    }

    private String with(String sql, Object value) {
        values.add(value);
        return sql;
    }

    private String join(List<ImageFilter> all, String between, String none)
            throws ProblemException {
        if (all.isEmpty()) {
            return none;
        }
        var parts = new StringJoiner(between, "(", ")");
        for (var one : all) {
            parts.add(sql(one));
        }
        return parts.toString();
    }

    /// In quotes all words are words to FTS5, whatever signs they have; but it reads no further than a NUL.
    private static String phrase(String words) {
        return "\"" + words.replace("\"", "\"\"").replace('\0', ' ') + "\"";
    }
}
