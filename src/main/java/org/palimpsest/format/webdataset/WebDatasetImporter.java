package org.palimpsest.format.webdataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.ImagePaths;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Reads archives: pictures are unpacked into a folder, and what lies beside them under the same key is said of them.
final class WebDatasetImporter {
    private static final Set<String> PICTURES =
            Set.of("jpg", "jpeg", "png", "webp", "bmp", "gif", "tif", "tiff");
    private static final List<String> ARCHIVES = List.of(".tar", ".tar.gz", ".tgz", ".zip");
    private static final int MOST_ARCHIVES = 100_000;
    private static final int MOST_TEXT_BYTES = 16 << 20;

    private final DatasetImport data;
    private final Set<String> noted = new HashSet<>();

    WebDatasetImporter(DatasetImport data) {
        this.data = data;
    }

    void read() throws ProblemException {
        var archives = archives();
        if (archives.isEmpty()) {
            throw new ProblemException(
                    "There is no archive in this folder",
                    data.source().toString(),
                    "Choose a .tar file, or the folder that holds them");
        }
        for (var archive : archives) {
            readArchive(archive);
        }
    }

    private List<Path> archives() throws ProblemException {
        if (!Files.isDirectory(data.source())) {
            return List.of(data.source());
        }
        try (var all = Files.list(data.source())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> ending(file.getFileName().toString()).isPresent())
                    .sorted()
                    .limit(MOST_ARCHIVES)
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

    private static Optional<String> ending(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ARCHIVES.stream().filter(lower::endsWith).findFirst();
    }

    private void readArchive(Path archive) throws ProblemException {
        String name = archive.getFileName().toString();
        String stem = name.substring(0, name.length() - ending(name).map(String::length).orElse(0));
        var folder = data.options().imageFolder().orElse(archive.resolveSibling(stem + "-images"));
        var importer = new SampleImporter(data, name, split(stem));
        var extractor = new ImageExtractor(folder);
        ArchiveMembers.forEach(
                archive,
                (member, contents) -> readMember(name, member, contents, importer, extractor));
        importer.finish();
    }

    private void readMember(
            String archive,
            String member,
            InputStream contents,
            SampleImporter importer,
            ImageExtractor extractor)
            throws IOException, ProblemException {
        data.throwIfCancelled();
        String place = archive + ", " + member;
        String path = member.startsWith("./") ? member.substring(2) : member;
        var refused = ImagePaths.reasonToRefuse(path);
        if (refused.isPresent()) {
            data.findings().error(place, refused.get());
            return;
        }
        String flat = path.replaceAll("[/\\\\:]", "_");
        int dot = firstDot(path);
        if (dot < 0) {
            data.findings().error(place, "the name has no extension: left out");
            return;
        }
        String extension = path.substring(dot + 1).toLowerCase(Locale.ROOT);
        int lastDot = path.lastIndexOf('.');
        if (lastDot > dot) {
            extension = path.substring(lastDot + 1).toLowerCase(Locale.ROOT);
            dot = lastDot;
            data.findings()
                    .warning(
                            place,
                            "the name has several dots: WebDataset ends the key at the first, here"
                                    + " it ends at the last");
        }
        importer.begin(path.substring(0, dot));
        if (PICTURES.contains(extension)) {
            importer.picture(place, flat, contents, extractor);
        } else if (extension.equals("json") || extension.equals("txt")) {
            byte[] bytes = contents.readNBytes(MOST_TEXT_BYTES + 1);
            if (bytes.length > MOST_TEXT_BYTES) {
                data.findings().error(place, "it is larger than 16 MB: left out");
            } else if (extension.equals("json")) {
                importer.json(bytes);
            } else {
                importer.text(bytes);
            }
        } else if (noted.size() < PICTURES.size() * 10 && noted.add(extension)) {
            data.findings().warning(place, "files ending in ." + extension + " are not taken over");
        }
    }

    /// Of the name without its folders; a name may begin with a dot.
    private static int firstDot(String path) {
        int from = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 2;
        return path.indexOf('.', from);
    }

    /// What stands before the number, as in `train-000000`.
    private static Split split(String stem) {
        String lower = stem.toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < lower.length() && Character.isLetter(lower.charAt(end))) {
            end++;
        }
        return switch (lower.substring(0, end)) {
            case "train", "training" -> Split.TRAIN;
            case "validation", "valid", "val", "dev" -> Split.VALIDATION;
            case "test", "testing", "eval" -> Split.TEST;
            default -> Split.UNASSIGNED;
        };
    }
}
