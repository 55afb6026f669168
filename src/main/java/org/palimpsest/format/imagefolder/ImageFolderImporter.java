package org.palimpsest.format.imagefolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Finds the metadata files of a folder and reads each.
final class ImageFolderImporter {
    private static final List<String> NAMES =
            List.of("metadata.jsonl", "metadata.parquet", "metadata.csv");
    private static final int MAX_FOLDERS = 1000;

    private final DatasetImport data;

    ImageFolderImporter(DatasetImport data) {
        this.data = data;
    }

    void read() throws ProblemException {
        if (!Files.isDirectory(data.source())) {
            readFile(data.source(), "");
            return;
        }
        boolean found = readFolder(data.source(), "");
        for (var folder : folders()) {
            found |= readFolder(folder, folder.getFileName() + "/");
        }
        if (!found) {
            throw new ProblemException(
                    "There is no metadata file in this folder",
                    data.source().toString(),
                    "Choose the folder that holds train/metadata.jsonl, or such a file itself");
        }
    }

    private List<Path> folders() throws ProblemException {
        try (var all = Files.list(data.source())) {
            return all.filter(Files::isDirectory).sorted().limit(MAX_FOLDERS).toList();
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder cannot be read",
                            data.source() + ": " + e.getMessage(),
                            "Check that you may read it"),
                    e);
        }
    }

    private boolean readFolder(Path folder, String prefix) throws ProblemException {
        var present = new ArrayList<Path>();
        for (var name : NAMES) {
            if (Files.isRegularFile(folder.resolve(name))) {
                present.add(folder.resolve(name));
            }
        }
        if (present.size() > 1) {
            throw new ProblemException(
                    "A folder has metadata of two kinds, which may differ",
                    present.getFirst() + " and " + present.get(1).getFileName(),
                    "Choose one of these files itself, or remove the other");
        }
        if (present.isEmpty()) {
            return false;
        }
        readFile(present.getFirst(), prefix);
        return true;
    }

    /// @param prefix the folder of its images, seen from the source
    private void readFile(Path file, String prefix) throws ProblemException {
        Path parent = file.getParent();
        String folder =
                parent == null || parent.getFileName() == null
                        ? ""
                        : parent.getFileName().toString();
        new MetadataImporter(data, file, prefix, split(folder)).read();
    }

    /// The names that the reader knows (huggingface/datasets, data_files.py, SPLIT_KEYWORDS).
    private static Split split(String folder) {
        return switch (folder.toLowerCase(Locale.ROOT)) {
            case "train", "training" -> Split.TRAIN;
            case "validation", "valid", "val", "dev" -> Split.VALIDATION;
            case "test", "testing", "eval", "evaluation" -> Split.TEST;
            default -> Split.UNASSIGNED;
        };
    }
}
