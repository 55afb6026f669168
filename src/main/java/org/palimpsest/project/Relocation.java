package org.palimpsest.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.imaging.ContentHash;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Finds image files that were moved, by their contents, so that one question settles a whole folder.
///
/// @param found where the missing images are now
/// @param missing those that are not there
public record Relocation(Map<ImageEntry, Path> found, List<ImageEntry> missing) {
    private static final int MAX_DEPTH = 32;

    public Relocation {
        found = Collections.unmodifiableMap(new LinkedHashMap<>(found));
        missing = List.copyOf(missing);
    }

    /// Looks for the project's missing images in a folder and its folders. Only files of the right length are read.
    public static Relocation find(Project project, Path folder, Progress progress)
            throws ProblemException {
        var missing = new ArrayList<ImageEntry>();
        project.dataset(ImageFilter.ALL)
                .forEach(image -> {
                    if (!Files.isRegularFile(image.image().file())) {
                        missing.add(image.image());
                    }
                });
        if (missing.isEmpty()) {
            return new Relocation(Map.of(), List.of());
        }
        var missingIds = missing.stream().map(ImageEntry::id).collect(Collectors.toSet());
        var byLength = new HashMap<Long, List<ImageEntry>>();
        for (var image : missing) {
            byLength.computeIfAbsent(image.facts().bytes(), _ -> new ArrayList<>()).add(image);
        }
        var found = new LinkedHashMap<ImageEntry, Path>();
        for (var file : candidates(folder, byLength)) {
            progress.throwIfCancelled("The search was cancelled");
            progress.message("Looking at " + file.getFileName());
            var owner = project.find(file, "");
            if (owner.isPresent() && !missingIds.contains(owner.get())) {
                continue; // another image of the project lies here
            }
            String hash = ContentHash.of(file);
            for (var image : byLength.getOrDefault(length(file), List.of())) {
                if (image.facts().contentHash().equals(hash)) {
                    found.putIfAbsent(image, file);
                }
            }
        }
        missing.removeAll(found.keySet());
        return new Relocation(found, missing);
    }

    private static List<Path> candidates(Path folder, Map<Long, List<ImageEntry>> byLength)
            throws ProblemException {
        try (var all = Files.walk(folder, MAX_DEPTH)) {
            return all.filter(ImageFiles::isImage)
                    .filter(file -> byLength.containsKey(length(file)))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder cannot be read",
                            folder + ": " + e.getMessage(),
                            "Check that it is there and may be opened"),
                    e);
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1; // it went away while we looked
        }
    }

    /// Writes the new places into the project. Where an image lies is no edit, so undo does not change it.
    public void apply(Project project) throws ProblemException {
        project.writing(() -> {
            var images = new ImageTable(project.database());
            var rows = new LinkedHashMap<Long, String>();
            for (var entry : found.entrySet()) {
                var row = images.row(entry.getKey().id());
                if (row.isPresent()) { // otherwise it was removed since
                    rows.put(row.get(), project.paths().stored(entry.getValue()));
                }
            }
            // Two images may swap their names, so all are set aside first.
            for (long row : rows.keySet()) {
                images.setPath(row, "\u0000" + row);
            }
            for (var entry : rows.entrySet()) {
                images.setPath(entry.getKey(), entry.getValue());
            }
            return rows.size();
        });
    }
}
