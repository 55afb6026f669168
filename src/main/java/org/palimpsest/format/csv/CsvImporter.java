package org.palimpsest.format.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.Frame;
import org.palimpsest.format.table.AnswerReader;
import org.palimpsest.format.table.ForeignBoxes;
import org.palimpsest.format.table.ImageCache;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Reads tables of objects and tables of texts, told apart by their first line.
final class CsvImporter {
    static final String HUMAN = "human";

    private static final int MAX_TABLES = 1000;

    private final DatasetImport data;
    private final ImageCache images;

    CsvImporter(DatasetImport data) {
        this.data = data;
        this.images = new ImageCache(data);
    }

    void read() throws ProblemException {
        var tables = tables();
        if (tables.isEmpty()) {
            throw new ProblemException(
                    "There is no table in this folder",
                    data.source().toString(),
                    "Choose a .csv file, or the folder that holds it");
        }
        for (var table : tables) {
            readTable(table);
        }
    }

    /// The objects come before the texts, the rest by name.
    private List<Path> tables() throws ProblemException {
        if (!Files.isDirectory(data.source())) {
            return List.of(data.source());
        }
        var usual =
                List.of(CsvFormat.OBJECTS_FILE, CsvFormat.TEXTS_FILE).stream()
                        .map(data.source()::resolve)
                        .filter(Files::isRegularFile)
                        .toList();
        if (!usual.isEmpty()) {
            return usual;
        }
        try (var all = Files.list(data.source())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".csv"))
                    .sorted()
                    .limit(MAX_TABLES)
                    .toList();
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder cannot be read",
                            data.source() + ": " + e.getMessage(),
                            "Check that you may read it"),
                    e);
        }
    }

    private void readTable(Path file) throws ProblemException {
        String name = String.valueOf(file.getFileName());
        try (var rows = CsvReader.open(file)) {
            var header = rows.next();
            if (header.isEmpty()) {
                data.findings().warning(name, "the table is empty");
                return;
            }
            var columns = Columns.of(header.get().cells());
            if (columns.isPresent()) {
                for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                    data.throwIfCancelled();
                    readRow(name, row.get(), columns.get());
                }
            } else if (Files.isDirectory(data.source())) {
                data.findings().warning(name, "the table has no columns of objects or texts");
            } else {
                throw new ProblemException(
                        "The table has no columns of objects or texts",
                        file + ": " + String.join(", ", header.get().cells()),
                        "Name the columns image,label,x1,y1,x2,y2 or file_name,prefix,suffix");
            }
        }
    }

    private void readRow(String file, CsvReader.Row row, Columns columns) throws ProblemException {
        String place = place(file, row);
        if (row.cells().size() != columns.count()) {
            data.findings()
                    .warning(
                            place,
                            "the row has %d cells, the first line %d"
                                    .formatted(row.cells().size(), columns.count()));
        }
        var image = images.find(place, columns.cell(row, Column.IMAGE));
        if (image.isEmpty()) {
            return;
        }
        var read = new ArrayList<Annotation>();
        var frame =
                Frame.of(
                        image.get(),
                        statedSize(row, columns),
                        data.options().frame().orElse(Frame.STORED));
        if (columns.hasObjects()) {
            object(file, row, columns, image.get(), frame).ifPresent(read::add);
        }
        if (columns.hasTexts()) {
            var provenance = new Provenance.Imported(CsvFormat.TITLE, file);
            read.addAll(
                    new AnswerReader(data, provenance)
                            .read(
                                    place,
                                    columns.cell(row, Column.PREFIX),
                                    columns.cell(row, Column.SUFFIX),
                                    image.get(),
                                    frame));
        }
        data.annotations(image.get().id(), read);
    }

    private static String place(String file, CsvReader.Row row) {
        return file + ", line " + row.line();
    }

    private static Optional<Size> statedSize(CsvReader.Row row, Columns columns) {
        double width = number(columns.cell(row, Column.WIDTH));
        double height = number(columns.cell(row, Column.HEIGHT));
        boolean usable = width >= 1 && height >= 1 && width <= 1 << 20 && height <= 1 << 20;
        return usable ? Optional.of(new Size((int) width, (int) height)) : Optional.empty();
    }

    private Optional<Annotation> object(
            String file, CsvReader.Row row, Columns columns, ImageEntry image, Frame frame) {
        String place = place(file, row);
        String label = columns.cell(row, Column.LABEL).strip();
        if (!Label.isName(label)) {
            data.findings().error(place, "the object has no usable label: \"" + label + "\"");
            return Optional.empty();
        }
        double[] corners = new double[4];
        for (int i = 0; i < 4; i++) {
            String cell = columns.cell(row, Column.CORNERS.get(i));
            corners[i] = number(cell);
            if (Double.isNaN(corners[i])) {
                data.findings().error(place, "\"" + cell + "\" is no number with a decimal point");
                return Optional.empty();
            }
        }
        var score = score(place, columns.cell(row, Column.SCORE));
        return ForeignBoxes.ofCorners(corners, frame.size(image), data.findings(), place)
                .map(box ->
                        ObjectAnnotation.of(
                                        label,
                                        frame.upright(image, box),
                                        new Provenance.Imported(CsvFormat.TITLE, file, score))
                                .withAttributes(attributes(row, columns)));
    }

    private OptionalDouble score(String place, String cell) {
        if (cell.isBlank()) {
            return OptionalDouble.empty();
        }
        double score = number(cell);
        if (!(score >= 0 && score <= 1)) {
            data.findings().warning(place, "the score " + cell + " is not one from 0 to 1");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(score);
    }

    /// Other columns by their name; who a box came from is said unless it was a person.
    private static Map<String, String> attributes(CsvReader.Row row, Columns columns) {
        var attributes = new TreeMap<String, String>();
        columns.others()
                .forEach((column, name) -> {
                    String value = row.cell(column);
                    if (!value.isBlank() && !(name.equals("source") && value.equals(HUMAN))) {
                        attributes.put(name, value);
                    }
                });
        return attributes;
    }

    /// NaN where the text is no decimal number.
    private static double number(String text) {
        String stripped = text.strip();
        if (stripped.length() > 40 || !stripped.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(stripped);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
