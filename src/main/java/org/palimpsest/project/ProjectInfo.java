package org.palimpsest.project;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Split;
import org.palimpsest.problem.ProblemException;

/// Numbers of a project.
///
/// @param labels the number of objects of each label, in the person's order
/// @param steps how many steps the history holds
/// @param runs how many times a model was run over images
public record ProjectInfo(
        long images,
        long objects,
        long texts,
        Map<ImageState, Long> states,
        Map<Split, Long> splits,
        Map<String, Long> labels,
        long steps,
        long runs) {

    static ProjectInfo of(Database database, Names names) throws ProblemException {
        var states = new EnumMap<ImageState, Long>(ImageState.class);
        database.forEach(
                row -> states.put(ImageState.valueOf(row.getString(1)), row.getLong(2)),
                "SELECT state, count(*) FROM image GROUP BY state");
        var splits = new EnumMap<Split, Long>(Split.class);
        database.forEach(
                row -> splits.put(Split.valueOf(row.getString(1)), row.getLong(2)),
                "SELECT split, count(*) FROM image GROUP BY split");
        var counts = new LinkedHashMap<Long, Long>();
        database.forEach(
                row -> counts.put(row.getLong(1), row.getLong(2)),
                "SELECT label, count(*) FROM annotation WHERE label IS NOT NULL GROUP BY label");
        var labels = new LinkedHashMap<String, Long>();
        for (var label : names.rows()) {
            labels.put(label.name(), counts.getOrDefault(label.id(), 0L));
        }
        return new ProjectInfo(
                database.longValue("SELECT count(*) FROM image"),
                counts.values().stream().mapToLong(Long::longValue).sum(),
                database.longValue("SELECT count(*) FROM annotation WHERE label IS NULL"),
                states,
                splits,
                labels,
                database.longValue("SELECT count(*) FROM step"),
                database.longValue("SELECT count(*) FROM run"));
    }
}
