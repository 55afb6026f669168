package org.palimpsest.format.webdataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.Folders;

/// Packs pictures and JSON into archives, one row of archives for each split.
final class WebDatasetExporter {
    /// Holds each picture on its way into an archive.
    private static final String PACKING = "pictures-being-packed";

    /// A name in the header has 100 bytes; extension and a number that keeps keys apart need some.
    private static final int LONGEST_KEY_BYTES = 80;

    private final DatasetExport data;
    private final Map<Split, ShardWriter> shards = new EnumMap<>(Split.class);
    private final Set<String> kinds = new TreeSet<>();
    private final Set<String> keys = new HashSet<>();
    private long unassigned;

    WebDatasetExporter(DatasetExport data) {
        this.data = data;
    }

    void write() throws ProblemException {
        if (data.options().images() == ImagesMode.REFER) {
            throw new ProblemException(
                    "A WebDataset holds its images",
                    "they lie in the archives beside their annotations",
                    "Copy or link the images into the export");
        }
        long limit = limit();
        data.convention("bbox", "left, top, width, height in pixels of the upright image");
        data.convention("segmentation", "COCO run lengths, or a GeoJSON geometry in pixels");
        try {
            data.forEachImage(image -> write(image, limit));
        } finally {
            for (var shard : shards.values()) {
                shard.close();
            }
        }
        try {
            Folders.delete(data.folder().resolve(PACKING));
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
        if (unassigned > 0) {
            data.findings().warning("splits", unassigned + " images without a split go to train");
        }
        if (kinds.size() > 1) {
            data.findings()
                    .warning(
                            "archives",
                            "they hold pictures of several kinds (%s), which Hugging Face's reader"
                                            .formatted(String.join(", ", kinds))
                                    + " refuses; pictures=png makes them one");
        }
    }

    private long limit() throws ProblemException {
        String text = data.setting(WebDatasetFormat.SHARD_BYTES);
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new ProblemException(
                    "The setting shard_bytes cannot be '" + text + "'",
                    WebDatasetFormat.TITLE,
                    "Give a number of bytes, such as 1000000000");
        }
        return Long.parseLong(text);
    }

    private void write(AnnotatedImage image, long limit) throws ProblemException {
        var split = image.details().split();
        unassigned += split == Split.UNASSIGNED ? 1 : 0;
        split = split == Split.UNASSIGNED ? Split.TRAIN : split;
        String name = split.name().toLowerCase(Locale.ROOT);
        String key = key(image.image().file());
        var placed = data.image(image, PACKING, key);
        Path picture = data.folder().resolve(placed.path());
        String extension =
                placed.fileName()
                        .substring(placed.fileName().lastIndexOf('.') + 1)
                        .toLowerCase(Locale.ROOT);
        try {
            if (data.setting(WebDatasetFormat.PICTURES).equals(WebDatasetFormat.PNG)
                    && !extension.equals("png")) {
                extension = "png";
                Path converted = picture.resolveSibling(key + ".converted");
                ImageFiles.writePng(ImageFiles.read(picture), converted);
                Files.delete(picture);
                picture = converted;
            }
            kinds.add(extension);
            byte[] json =
                    SampleJson.of(image, key + "." + extension, data.findings())
                            .getBytes(StandardCharsets.UTF_8);
            shards.computeIfAbsent(split, _ -> new ShardWriter(data, name, limit))
                    .add(key, extension, picture, json);
            Files.delete(picture);
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
        data.countExample();
    }

    /// The file's name as a key: no dot, because a key ends at the first, and no slash; each once.
    private String key(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = (dot <= 0 ? name : name.substring(0, dot)).replaceAll("[./\\\\]", "_");
        while (stem.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY_BYTES) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        String key = stem;
        for (int number = 2; !keys.add(key.toLowerCase(Locale.ROOT)); number++) {
            key = stem + "-" + number;
        }
        return key;
    }
}
