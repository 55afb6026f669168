package org.palimpsest.format.imagefolder;

import java.util.List;
import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.FormatSetting;

/// What `datasets.load_dataset("imagefolder")` loads: a folder for each split with pictures and one metadata file
/// (huggingface/datasets, packaged_modules/folder_based_builder/folder_based_builder.py, release 5.0.1).
///
/// Each picture is one row. `objects` is a struct of lists of the same length: `id`, `bbox` in pixels as left, top, width,
/// height, `area`, `categories`, `iscrowd`, and `segmentation` in [org.palimpsest.format.table.RegionNotation] as text, empty
/// for a box. `texts` is a struct of the lists `prompt` and `text`.
public final class ImageFolderFormat implements DatasetFormat {
    static final String TITLE = "Hugging Face imagefolder";
    static final String METADATA = "metadata";
    static final String PARQUET = "parquet";
    static final String JSON_LINES = "jsonl";

    @Override
    public String id() {
        return "hf-imagefolder";
    }

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Carriage carriage() {
        return Carriage.of(
                Content.BOXES,
                Content.POLYGONS,
                Content.HOLES,
                Content.SEVERAL_PARTS,
                Content.MASKS,
                Content.CROWDS,
                Content.CAPTIONS,
                Content.QUESTIONS,
                Content.OTHER_TEXTS,
                Content.SPLITS,
                Content.EMPTY_IMAGES);
    }

    @Override
    public List<FormatSetting> settings() {
        return List.of(
                new FormatSetting(
                        METADATA,
                        "The kind of the metadata files; Parquet states the types of columns that"
                                + " are empty.",
                        JSON_LINES,
                        List.of(JSON_LINES, PARQUET)));
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(data -> new ImageFolderImporter(data).read());
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(data -> new ImageFolderExporter(data).write());
    }
}
