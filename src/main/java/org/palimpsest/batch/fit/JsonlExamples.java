package org.palimpsest.batch.fit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.DatasetSink;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.Finding;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.format.jsonl.JsonlFiles;
import org.palimpsest.format.jsonl.PaliGemmaJsonlReader;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.data.Example;

/// Makes of PaliGemma training files, whichever trainer they were written for, what a model is to learn: prompt and answer
/// as they stand. Images are looked for as an import does, and never outside of the data set's folders.
public final class JsonlExamples {
    private final Optional<Path> imageFolder;
    private final Progress progress;
    private final List<String> findings = new ArrayList<>();

    private JsonlExamples(Optional<Path> imageFolder, Progress progress) {
        this.imageFolder = imageFolder;
        this.progress = progress;
    }

    /// One line, and in which image's folder of the data set it stands.
    private record Line(Example example, String contents, Optional<Split> split) {}

    /// Reads a file, or a folder with one for each split.
    ///
    /// @param imageFolder where image paths are looked up first
    /// @param validation a file of its own, where there is one
    /// @throws ProblemException if a file cannot be read or none of its lines can be learnt
    public static FittingData read(
            Path source,
            Optional<Path> imageFolder,
            Optional<Path> validation,
            FittingData.HoldOut holdOut,
            Progress progress)
            throws ProblemException {
        var reader = new JsonlExamples(imageFolder, progress);
        var lines = reader.lines(source);
        if (lines.isEmpty()) {
            throw new ProblemException(
                    "There is no line to learn from",
                    source + (reader.findings.isEmpty() ? "" : ": " + reader.findings.getFirst()),
                    "Check the file with 'palimpsest lint', and --images");
        }
        return validation.isPresent()
                ? reader.data(source, lines, reader.lines(validation.get()), "by two files")
                : reader.divide(source, lines, holdOut);
    }

    private FittingData divide(Path source, List<Line> lines, FittingData.HoldOut holdOut) {
        var trained = new ArrayList<Line>();
        var held = new ArrayList<Line>();
        for (var line : lines) {
            if (line.split().equals(Optional.of(Split.VALIDATION))) {
                held.add(line);
            } else if (!line.split().equals(Optional.of(Split.TEST))) {
                trained.add(line);
            }
        }
        if (!held.isEmpty() && !trained.isEmpty()) {
            return data(source, trained, held, "by the files' splits");
        }
        var heldOut = HeldOut.of(lines.stream().map(Line::contents).toList(), holdOut);
        held.clear();
        trained.clear();
        lines.forEach(line -> (heldOut.contains(line.contents()) ? held : trained).add(line));
        long images = lines.stream().map(Line::contents).distinct().count();
        return data(
                source,
                trained,
                held,
                "the lines of %d of %d images are held out".formatted(heldOut.size(), images));
    }

    private FittingData data(Path source, List<Line> trained, List<Line> held, String division) {
        Map<String, Integer> kinds = new TreeMap<>();
        trained.forEach(line -> kinds.merge(kind(line.example()), 1, Integer::sum));
        return new FittingData(
                source.getFileName().toString(),
                "%s: %d lines are trained on, %d held out"
                        .formatted(division, trained.size(), held.size()),
                trained.stream().map(Line::example).toList(),
                held.stream().map(Line::example).toList(),
                Optional.empty(),
                kinds,
                findings);
    }

    private static String kind(Example example) {
        return switch (Task.parse(example.prefix())) {
            case Task.Detect _ -> "detect";
            case Task.Segment _ -> "segment";
            case Task.ShortCaption _, Task.Caption _, Task.Describe _ -> "caption";
            case Task.ReadText _ -> "ocr";
            case Task.Answer _ -> "answer";
            case Task.Ask _ -> "question";
            case Task.FreeForm _ -> "free";
        };
    }

    private List<Line> lines(Path source) throws ProblemException {
        var lines = new ArrayList<Line>();
        var files = JsonlFiles.of(source);
        var options =
                imageFolder
                        .map(ImportOptions.DEFAULT::withImageFolder)
                        .orElse(ImportOptions.DEFAULT);
        var images = new Images();
        var data = new DatasetImport(source, options, images, progress);
        for (var file : files) {
            Map<String, Optional<ImageEntry>> byPath = new HashMap<>();
            String place = files.size() == 1 ? "" : file.name() + " ";
            var report =
                    PaliGemmaJsonlReader.read(
                            file.file(),
                            (number, line) -> {
                                var known = byPath.get(line.image());
                                if (known == null) {
                                    known =
                                            image(
                                                    data,
                                                    file,
                                                    place + "line " + number,
                                                    line.image());
                                    byPath.put(line.image(), known);
                                }
                                known.ifPresent(image ->
                                        lines.add(
                                                new Line(
                                                        new Example(
                                                                image.file(),
                                                                line.prefix(),
                                                                line.suffix()),
                                                        image.facts().contentHash(),
                                                        file.split())));
                            });
            report.findings().forEach(finding -> findings.add(place + finding));
        }
        data.findings().kept().stream().map(Finding::toString).forEach(findings::add);
        findings.addAll(images.findings);
        return lines;
    }

    /// An image beside its file goes before one of the same name elsewhere.
    private static Optional<ImageEntry> image(
            DatasetImport data, JsonlFiles.Found file, String place, String path)
            throws ProblemException {
        boolean beside = isBeside(file.file(), path);
        return data.image(place, beside ? file.folder() + path : path);
    }

    private static boolean isBeside(Path file, String path) {
        return Files.isRegularFile(file.resolveSibling(path));
    }

    /// Remembers the image files of the lines; nothing else of them is kept.
    private static final class Images implements DatasetSink {
        private final Map<Path, ImageEntry> known = new LinkedHashMap<>();
        private final List<String> findings = new ArrayList<>();

        @Override
        public ImageEntry image(Path file) throws ProblemException {
            @Nullable ImageEntry seen = known.get(file);
            if (seen == null) {
                var inspected = ImageFiles.inspect(file);
                if (inspected.orientation().exifValue() != 1) {
                    findings.add(
                            file.getFileName()
                                    + ": is turned as its orientation tag says; the answers must fit the upright"
                                    + " image");
                }
                seen =
                        new ImageEntry(
                                ImageId.random(),
                                file,
                                inspected.size(),
                                new ImageFacts(
                                        inspected.contentHash(),
                                        inspected.perceptualHash(),
                                        1,
                                        inspected.captured(),
                                        inspected.bytes()));
                known.put(file, seen);
            }
            return seen;
        }

        @Override
        public void details(ImageId image, ImageDetails details) {}

        @Override
        public void annotations(ImageId image, List<? extends Annotation> annotations) {}

        @Override
        public void label(Label label) {}
    }
}
