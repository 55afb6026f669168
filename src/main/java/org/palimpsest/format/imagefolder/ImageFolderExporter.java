package org.palimpsest.format.imagefolder;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.problem.ProblemException;

/// Writes pictures and metadata of every split that has any.
final class ImageFolderExporter {
    /// The reader takes the types of a JSON lines file from its first 10 MB.
    private static final int ROWS_THAT_TELL_TYPES = 1000;

    private final DatasetExport data;
    private final Map<Split, Contents> contents = new EnumMap<>(Split.class);
    private final Map<Split, MetadataFile> files = new EnumMap<>(Split.class);
    private long unassigned;

    ImageFolderExporter(DatasetExport data) {
        this.data = data;
    }

    /// What the first rows of a split hold.
    private static final class Contents {
        private long rows;
        private boolean objects;
        private boolean texts;
    }

    void write() throws ProblemException {
        if (data.options().images() == ImagesMode.REFER) {
            throw new ProblemException(
                    "An imagefolder holds its images",
                    "paths out of the folder are refused by its reader",
                    "Copy or link the images into the export");
        }
        data.data().forEach(this::look);
        if (unassigned > 0) {
            data.findings().warning("splits", unassigned + " images without a split go to train");
        }
        boolean objects = contents.values().stream().anyMatch(split -> split.objects);
        boolean texts = contents.values().stream().anyMatch(split -> split.texts);
        boolean parquet = usesParquet(objects, texts);
        data.convention("bbox", "left, top, width, height in pixels of the upright image");
        data.convention("segmentation", "COCO run-length string, or a GeoJSON geometry in pixels");
        data.convention("metadata", parquet ? "parquet" : "jsonl");
        try {
            data.forEachImage(image -> write(image, parquet, objects, texts));
        } finally {
            closeAll();
        }
    }

    private void look(AnnotatedImage image) {
        var split = contents.computeIfAbsent(split(image), _ -> new Contents());
        unassigned += image.details().split() == Split.UNASSIGNED ? 1 : 0;
        split.rows++;
        if (split.rows <= ROWS_THAT_TELL_TYPES) {
            var row = MetadataRow.of(image, "", new FindingList());
            split.objects |= !row.objects().isEmpty();
            split.texts |= !row.texts().isEmpty();
        }
    }

    /// JSON has no type for the elements of an empty list, and the reader refuses splits of different types.
    private boolean usesParquet(boolean objects, boolean texts) {
        if (data.setting(ImageFolderFormat.METADATA).equals(ImageFolderFormat.PARQUET)) {
            return true;
        }
        for (var split : contents.entrySet()) {
            boolean untyped =
                    objects && !split.getValue().objects || texts && !split.getValue().texts;
            if (untyped) {
                data.findings()
                        .warning(
                                folder(split.getKey()),
                                "its first rows hold nothing in a column that other splits fill,"
                                        + " which JSON lines cannot say: Parquet is written");
                return true;
            }
        }
        return false;
    }

    private void write(AnnotatedImage image, boolean parquet, boolean objects, boolean texts)
            throws ProblemException {
        var split = split(image);
        String folder = folder(split);
        String name = data.image(image, folder).path().substring(folder.length() + 1);
        var row = MetadataRow.of(image, name, data.findings());
        try {
            var file = files.get(split);
            if (file == null) {
                file =
                        parquet
                                ? MetadataFile.parquet(data.openFile(folder + "/metadata.parquet"))
                                : MetadataFile.jsonLines(
                                        data.openFile(folder + "/metadata.jsonl"), objects, texts);
                files.put(split, file);
            }
            file.row(row);
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
        data.countExample();
    }

    private void closeAll() throws ProblemException {
        try {
            for (var file : files.values()) {
                file.close();
            }
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }

    private static Split split(AnnotatedImage image) {
        var split = image.details().split();
        return split == Split.UNASSIGNED ? Split.TRAIN : split;
    }

    private static String folder(Split split) {
        return switch (split) {
            case UNASSIGNED, TRAIN -> "train";
            case VALIDATION -> "validation";
            case TEST -> "test";
        };
    }
}
