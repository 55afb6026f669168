package org.palimpsest.format.registry;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.palimpsest.format.jsonl.JsonlFlavor;

/// Recognises the format of a file or folder by its names and the beginnings and ends of its files. What is really in
/// them only their reader tells.
public final class FormatGuess {
    private static final int LOOKED_AT = 1 << 16;
    private static final int MOST_FILES = 5_000;
    private static final int DEEPEST = 4;
    private static final String MANIFEST = "palimpsest-export.json";
    private static final Pattern FORMAT =
            Pattern.compile("\"format\"\\s*:\\s*\"([a-z0-9-]{1,40})\"");
    private static final String PALIGEMMA = JsonlFlavor.values()[0].formatId();

    private static final List<String> ENDINGS =
            List.of(
                    ".jsonl",
                    ".json",
                    ".xml",
                    ".csv",
                    ".parquet",
                    ".tar",
                    ".tgz",
                    ".tar.gz",
                    ".zip");

    private FormatGuess() {}

    /// The id of the format that a data set seems to have; empty where nothing tells, also where it cannot be read.
    public static Optional<String> of(Path source) {
        try {
            return Files.isDirectory(source) ? ofFolder(source) : ofFile(source);
        } catch (IOException | UncheckedIOException e) {
            // Whoever reads it says why it cannot be read.
            return Optional.empty();
        }
    }

    /// Whether a file's name ends as data sets do; nothing is read.
    public static boolean isNamedLikeOne(Path file) {
        var name = name(file);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static Optional<String> ofFolder(Path folder) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(folder, DEEPEST)) {
            files = walk.filter(Files::isRegularFile).limit(MOST_FILES).sorted().toList();
        }
        var manifest = files.stream().filter(file -> name(file).equals(MANIFEST)).findFirst();
        if (manifest.isPresent()) {
            var said = FORMAT.matcher(ends(manifest.get()));
            if (said.find()) {
                return readable(said.group(1));
            }
        }
        if (files.stream().anyMatch(file -> isMetadata(name(file)))) {
            return Optional.of("hf-imagefolder");
        }
        if (has(files, ".jsonl")) {
            return Optional.of(PALIGEMMA);
        }
        var yaml = first(files, ".yaml").or(() -> first(files, ".yml"));
        if (yaml.isPresent() && ends(yaml.get()).contains("names")) {
            return Optional.of(yolo(files));
        }
        if (files.stream().anyMatch(file -> name(file).equals("annotations.xml"))) {
            return Optional.of("cvat");
        }
        for (var ending : List.of(".json", ".xml", ".tar", ".csv")) {
            for (var file : files) {
                if (name(file).endsWith(ending) && !name(file).equals(MANIFEST)) {
                    var found = ofFile(file);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofFile(Path file) throws IOException {
        var name = name(file);
        if (isMetadata(name)) {
            return Optional.of("hf-imagefolder");
        }
        int dot = name.lastIndexOf('.');
        return switch (dot < 0 ? "" : name.substring(dot)) {
            case ".jsonl" -> Optional.of(PALIGEMMA);
            case ".csv" -> Optional.of("csv");
            case ".tar", ".tgz", ".zip" -> Optional.of("webdataset");
            case ".gz" -> name.endsWith(".tar.gz") ? Optional.of("webdataset") : Optional.empty();
            case ".yaml", ".yml" -> Optional.of("yolo-detect");
            case ".xml" -> ofXml(ends(file));
            case ".json" -> ofJson(ends(file));
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofXml(String text) {
        if (text.contains("<annotations")) {
            return Optional.of("cvat");
        }
        return text.contains("<annotation") ? Optional.of("voc") : Optional.empty();
    }

    private static Optional<String> ofJson(String text) {
        boolean list = text.stripLeading().startsWith("[");
        if (hasKey(text, "shapes") && (hasKey(text, "imagePath") || hasKey(text, "imageHeight"))) {
            return Optional.of("labelme");
        }
        if (list && hasKey(text, "data")) {
            return Optional.of("label-studio");
        }
        if (hasKey(text, "sentences") || hasKey(text, "ref_id")) {
            return Optional.of("refcoco");
        }
        if (hasKey(text, "neg_category_ids") || hasKey(text, "not_exhaustive_category_ids")) {
            return Optional.of("lvis");
        }
        if (hasKey(text, "questions") || hasKey(text, "question_id")) {
            return Optional.of("vqav2");
        }
        if (list) {
            return hasKey(text, "image_id") ? Optional.of("coco-results") : Optional.empty();
        }
        if (hasKey(text, "caption") && !hasKey(text, "categories")) {
            return Optional.of("coco-captions");
        }
        return hasKey(text, "annotations") || hasKey(text, "categories")
                ? Optional.of("coco")
                : Optional.empty();
    }

    /// A line of a box has five numbers, one of an outline more.
    private static String yolo(List<Path> files) throws IOException {
        for (var file : files) {
            var folder = file.getParent();
            if (name(file).endsWith(".txt")
                    && folder != null
                    && folder.toString().contains("label")) {
                var line = ends(file).lines().filter(one -> !one.isBlank()).findFirst();
                if (line.isPresent()) {
                    int numbers = line.get().strip().split("\\s+", -1).length;
                    return numbers > 5 ? "yolo-segment" : "yolo-detect";
                }
            }
        }
        return "yolo-detect";
    }

    private static Optional<String> readable(String id) {
        return Formats.TABLE.stream()
                .filter(format -> format.id().equals(id) && format.reader().isPresent())
                .map(format -> format.id())
                .findFirst();
    }

    private static boolean hasKey(String text, String key) {
        return text.contains("\"" + key + "\"");
    }

    private static boolean isMetadata(String name) {
        return name.equals("metadata.jsonl")
                || name.equals("metadata.csv")
                || name.equals("metadata.parquet");
    }

    private static boolean has(List<Path> files, String ending) {
        return first(files, ending).isPresent();
    }

    private static Optional<Path> first(List<Path> files, String ending) {
        return files.stream().filter(file -> name(file).endsWith(ending)).findFirst();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }

    /// The beginning of a file, and its end where it is longer.
    private static String ends(Path file) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            var first = new byte[(int) Math.min(LOOKED_AT, in.length())];
            in.readFully(first);
            long rest = Math.min(LOOKED_AT, in.length() - first.length);
            var last = new byte[(int) rest];
            in.seek(in.length() - rest);
            in.readFully(last);
            return new String(first, StandardCharsets.UTF_8)
                    + new String(last, StandardCharsets.UTF_8);
        }
    }
}
