package org.palimpsest.format.webdataset;

import java.util.List;
import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.FormatSetting;

/// Tar archives for training from a stream (webdataset/webdataset, src/webdataset/tariterators.py, e0953f9): members
/// `key.png` and `key.json` next to each other, the key being the name up to its first dot.
///
/// The JSON has `file_name`, `width`, `height`, `tags`, `notes`, `objects` and `texts`. Each object has `label`, `bbox` in pixels
/// as left, top, width, height, `area`, `iscrowd`, and where there is one `score`, `attributes` and `segmentation` in
/// [org.palimpsest.format.table.RegionNotation].
public final class WebDatasetFormat implements DatasetFormat {
    static final String TITLE = "WebDataset";
    static final String SHARD_BYTES = "shard_bytes";
    static final String PICTURES = "pictures";
    static final String PNG = "png";

    @Override
    public String id() {
        return "webdataset";
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
                Content.SCORES,
                Content.ATTRIBUTES,
                Content.CAPTIONS,
                Content.QUESTIONS,
                Content.OTHER_TEXTS,
                Content.SPLITS,
                Content.TAGS_AND_NOTES,
                Content.EMPTY_IMAGES);
    }

    @Override
    public List<FormatSetting> settings() {
        return List.of(
                new FormatSetting(
                        SHARD_BYTES,
                        "After how many bytes a new archive begins.",
                        "1000000000",
                        List.of()),
                new FormatSetting(
                        PICTURES,
                        "Whether pictures stay files as they are, or all become PNG, because"
                                + " Hugging Face's reader refuses archives of several kinds.",
                        "keep",
                        List.of("keep", PNG)));
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(data -> new WebDatasetImporter(data).read());
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(data -> new WebDatasetExporter(data).write());
    }
}
