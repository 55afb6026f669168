package org.palimpsest.format.csv;

import java.util.List;

/// What a column of a table may hold, and the names it goes by.
///
/// The first name is ours; `filename`, `class` and `xmin` are those of tables made for TensorFlow's detectors.
enum Column {
    IMAGE("image", "file_name", "filename", "image_path", "path", "file"),
    LABEL("label", "class", "category", "class_name", "name"),
    LEFT("x1", "xmin", "x_min", "left"),
    TOP("y1", "ymin", "y_min", "top"),
    RIGHT("x2", "xmax", "x_max", "right"),
    BOTTOM("y2", "ymax", "y_max", "bottom"),
    SCORE("score", "confidence"),
    PREFIX("prefix", "prompt"),
    SUFFIX("suffix", "answer", "caption", "text"),
    WIDTH("width", "image_width"),
    HEIGHT("height", "image_height");

    /// The corners in the order of a box.
    static final List<Column> CORNERS = List.of(LEFT, TOP, RIGHT, BOTTOM);

    private final List<String> names;

    Column(String... names) {
        this.names = List.of(names);
    }

    List<String> names() {
        return names;
    }
}
