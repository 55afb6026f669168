package org.palimpsest.project;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.palimpsest.dataset.Label;

/// A label as it stands in the project file.
///
/// @param place its place in the person's order
/// @param removed whether it is kept for the history only
record LabelRow(
        long id,
        String name,
        int rgb,
        String shortcut,
        String description,
        List<String> aliases,
        int place,
        boolean removed) {

    static LabelRow read(ResultSet row) throws SQLException {
        return new LabelRow(
                row.getLong(1),
                row.getString(2),
                row.getInt(3),
                row.getString(4),
                row.getString(5),
                Json.value(row.getString(6), Json.listOf(String.class)),
                row.getInt(7),
                row.getBoolean(8));
    }

    static LabelRow of(long id, Label label, int place) {
        return new LabelRow(
                id,
                label.name(),
                label.rgb(),
                label.shortcut(),
                label.description(),
                label.aliases(),
                place,
                false);
    }

    Label toLabel() {
        return new Label(name, rgb, shortcut, description, aliases);
    }

    LabelRow asRemoved() {
        return new LabelRow(id, name, rgb, shortcut, description, aliases, place, true);
    }
}
