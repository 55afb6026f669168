package org.palimpsest.format.csv;

import java.util.List;
import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.FormatSetting;

/// Tables for spreadsheets and scripts: `objects.csv` with a row for each box, `metadata.csv` with a row for each text
/// and for each image that has none.
///
/// `metadata.csv` is also what Hugging Face's imagefolder reads (huggingface/datasets, docs/source/image_dataset.mdx).
public final class CsvFormat implements DatasetFormat {
    static final String TITLE = "CSV";
    static final String OBJECTS_FILE = "objects.csv";
    static final String TEXTS_FILE = "metadata.csv";
    static final String BYTE_ORDER_MARK = "bom";
    static final String YES = "yes";

    @Override
    public String id() {
        return "csv";
    }

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Carriage carriage() {
        return Carriage.of(
                        Content.BOXES,
                        Content.SCORES,
                        Content.CAPTIONS,
                        Content.QUESTIONS,
                        Content.OTHER_TEXTS,
                        Content.EMPTY_IMAGES)
                .replacing(Content.POLYGONS, "become boxes")
                .replacing(Content.HOLES, "are filled")
                .replacing(Content.SEVERAL_PARTS, "become one box")
                .replacing(Content.MASKS, "become boxes")
                .replacing(Content.CROWDS, "become ordinary objects")
                .replacing(Content.PROVENANCE, "becomes one word in the column \"source\"");
    }

    @Override
    public List<FormatSetting> settings() {
        return List.of(
                new FormatSetting(
                        BYTE_ORDER_MARK,
                        "Begins the files with a byte order mark, which some spreadsheet programs"
                                + " need and some scripts refuse.",
                        "no",
                        List.of("no", YES)));
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(data -> new CsvImporter(data).read());
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(data -> new CsvExporter(data).write());
    }
}
