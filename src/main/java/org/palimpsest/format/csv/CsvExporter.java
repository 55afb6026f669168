package org.palimpsest.format.csv;

import java.util.Locale;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.format.table.ClippedObject;
import org.palimpsest.problem.ProblemException;

/// Writes the two tables.
final class CsvExporter {
    /// What pandas takes for an absent value by default (pandas.read_csv, na_values).
    private static final Set<String> READ_AS_NOTHING =
            Set.of("na", "n/a", "nan", "null", "none", "<na>", "#n/a", "-nan");

    private final DatasetExport data;

    CsvExporter(DatasetExport data) {
        this.data = data;
    }

    void write() throws ProblemException {
        boolean mark = data.setting(CsvFormat.BYTE_ORDER_MARK).equals(CsvFormat.YES);
        data.convention("coordinates", "pixels of the upright image, corners, origin top left");
        for (var label : data.data().labels().labels()) {
            if (READ_AS_NOTHING.contains(label.name().toLowerCase(Locale.ROOT))) {
                data.findings()
                        .warning(
                                label.name(),
                                "pandas reads this label as an absent value unless told otherwise");
            }
        }
        try (var objects =
                        new CsvTable(
                                data,
                                CsvFormat.OBJECTS_FILE,
                                mark,
                                "image",
                                "label",
                                "x1",
                                "y1",
                                "x2",
                                "y2",
                                "score",
                                "source");
                var texts =
                        new CsvTable(
                                data,
                                CsvFormat.TEXTS_FILE,
                                mark,
                                "file_name",
                                "prefix",
                                "suffix")) {
            data.forEachImage(image -> write(image, objects, texts));
        }
    }

    private void write(AnnotatedImage image, CsvTable objects, CsvTable texts)
            throws ProblemException {
        String path = data.image(image, "").path();
        if (data.options().images() == ImagesMode.REFER
                && image.image().facts().orientation() != 1) {
            data.findings()
                    .warning(
                            path,
                            "the file turns its picture; the numbers refer to the upright picture");
        }
        boolean named = false;
        for (var object : image.objects()) {
            var clipped = ClippedObject.of(object, image.image().size(), data.findings(), path);
            if (clipped.isPresent()) {
                var box = clipped.get().box();
                var score = object.provenance().score();
                objects.row(
                        path,
                        object.label(),
                        Double.toString(box.xMin()),
                        Double.toString(box.yMin()),
                        Double.toString(box.xMax()),
                        Double.toString(box.yMax()),
                        score.isPresent() ? Double.toString(score.getAsDouble()) : "",
                        source(object.provenance()));
                data.countExample();
                named = true;
            }
        }
        for (var text : image.texts()) {
            texts.row(path, text.prompt(), text.text());
            data.countExample();
            named = true;
        }
        if (!named) {
            texts.row(path, "", "");
        }
    }

    private static String source(Provenance provenance) {
        return switch (provenance) {
            case Provenance.Drawn _, Provenance.Corrected _ -> CsvImporter.HUMAN;
            case Provenance.Predicted predicted -> predicted.model();
            case Provenance.Imported imported -> imported.format();
        };
    }
}
