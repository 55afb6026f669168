package org.palimpsest.format.csv;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which column of a table holds what.
///
/// @param places of the columns that are known
/// @param others names of the rest, by place
/// @param count how many columns there are
record Columns(Map<Column, Integer> places, Map<Integer, String> others, int count) {
    Columns {
        places = Map.copyOf(places);
        others = Map.copyOf(others);
    }

    /// Reads the first line; empty where it names neither objects nor texts of images.
    static Optional<Columns> of(List<String> header) {
        var names = header.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
        var places = new EnumMap<Column, Integer>(Column.class);
        for (var column : Column.values()) {
            for (var candidate : column.names()) {
                int place = names.indexOf(candidate);
                if (place >= 0) {
                    places.putIfAbsent(column, place);
                }
            }
        }
        var others = new HashMap<Integer, String>();
        for (int place = 0; place < names.size(); place++) {
            if (!places.containsValue(place) && !names.get(place).isBlank()) {
                others.put(place, names.get(place));
            }
        }
        var columns = new Columns(places, others, names.size());
        boolean usable =
                places.containsKey(Column.IMAGE) && (columns.hasObjects() || columns.hasTexts());
        return usable ? Optional.of(columns) : Optional.empty();
    }

    boolean hasObjects() {
        return places.containsKey(Column.LABEL) && places.keySet().containsAll(Column.CORNERS);
    }

    boolean hasTexts() {
        return places.containsKey(Column.PREFIX) && places.containsKey(Column.SUFFIX);
    }

    /// The cell of that column; empty where the table or the row has none.
    String cell(CsvReader.Row row, Column column) {
        return row.cell(places.getOrDefault(column, -1));
    }
}
