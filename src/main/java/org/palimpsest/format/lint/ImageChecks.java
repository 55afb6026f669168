package org.palimpsest.format.lint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.jsonl.JsonlFiles;
import org.palimpsest.format.jsonl.JsonlRule;
import org.palimpsest.format.jsonl.LongSet;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.ImageInspection;
import org.palimpsest.imaging.Orientation;
import org.palimpsest.problem.ProblemException;

/// Checks each image of a data set once, and that none is in two splits.
final class ImageChecks {
    private final Path dataset;
    private final Optional<Path> imageFolder;
    private final RuleFindings findings;
    // Hashes only: of paths and contents, each with the split where it was met first.
    private final LongSet paths = new LongSet();
    private final LongSet contents = new LongSet();
    private final LongSet said = new LongSet();

    /// @param dataset the folder of the data set
    ImageChecks(Path dataset, Optional<Path> imageFolder, RuleFindings findings) {
        this.dataset = dataset;
        this.imageFolder = imageFolder;
        this.findings = findings;
    }

    /// @param path as a line has it; known not to leave its folder
    void check(JsonlFiles.Found file, String place, String path) {
        var image = find(file, path);
        if (image.isEmpty()) {
            if (said.add(LongSet.hash("missing", file.folder(), path))) {
                findings.add(JsonlRule.IMAGE_MISSING, place, "there is no image " + path);
            }
            return;
        }
        byte split = mark(file.split());
        String where = image.get().toString();
        byte known = paths.putIfAbsent(LongSet.hash(where), split);
        if (known == 0) {
            inspect(image.get(), file, place);
        } else if (differ(known, split) && said.add(LongSet.hash("split", where, "" + split))) {
            findings.add(
                    JsonlRule.IMAGE_IN_TWO_SPLITS,
                    place,
                    path + " is in " + name(known) + " and in " + name(split));
        }
    }

    private void inspect(Path image, JsonlFiles.Found file, String place) {
        ImageInspection seen;
        try {
            seen = ImageFiles.inspect(image);
        } catch (ProblemException e) {
            findings.add(JsonlRule.IMAGE_UNREADABLE, place, e.problem().oneLine());
            return;
        }
        if (seen.orientation() != Orientation.UPRIGHT) {
            findings.add(
                    JsonlRule.IMAGE_TURNED,
                    place,
                    image.getFileName()
                            + " has the orientation tag "
                            + seen.orientation().exifValue()
                            + ", which trainers ignore: they see it lying");
        }
        byte split = mark(file.split());
        byte known = contents.putIfAbsent(LongSet.hash(seen.contentHash()), split);
        if (known != 0 && differ(known, split)) {
            findings.add(
                    JsonlRule.PICTURE_IN_TWO_SPLITS,
                    place,
                    image.getFileName()
                            + " in "
                            + name(split)
                            + " is a copy of an image in "
                            + name(known));
        }
    }

    private Optional<Path> find(JsonlFiles.Found file, String path) {
        var folders = new ArrayList<Path>();
        if (imageFolder.isPresent()) {
            folders.add(imageFolder.get());
        } else {
            Path beside = file.file().toAbsolutePath().getParent();
            for (var folder : beside == null ? List.of(dataset) : List.of(beside, dataset)) {
                folders.add(folder);
                folders.add(folder.resolve("images"));
            }
        }
        return folders.stream()
                .map(folder -> folder.resolve(path).normalize())
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /// Above 0, as the sets want it.
    private static byte mark(Optional<Split> split) {
        return switch (split.orElse(Split.UNASSIGNED)) {
            case UNASSIGNED -> 1;
            case TRAIN -> 2;
            case VALIDATION -> 3;
            case TEST -> 4;
        };
    }

    private static boolean differ(byte known, byte split) {
        byte none = mark(Optional.empty());
        return known != split && known != none && split != none;
    }

    private static String name(byte mark) {
        return switch (mark) {
            case 2 -> "train";
            case 3 -> "validation";
            case 4 -> "test";
            default -> "no split";
        };
    }
}
