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
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
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
        var byLength = new HashMap<Long, List<ImageEntry>>();
        for (var image : missing) {
            byLength.computeIfAbsent(image.facts().bytes(), _ -> new ArrayList<>()).add(image);
        }
        var found = new LinkedHashMap<ImageEntry, Path>();
        for (var file : candidates(folder, byLength)) {
            progress.throwIfCancelled("The search was cancelled");
            progress.message("Looking at " + file.getFileName());
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
            // Two images may swap their names, so all are set aside first.
            for (var image : found.keySet()) {
                setPath(project, image.id(), "\u0000" + image.id());
            }
            for (var entry : found.entrySet()) {
                setPath(project, entry.getKey().id(), project.paths().stored(entry.getValue()));
            }
            return found.size();
        });
    }

    private static void setPath(Project project, ImageId image, String path)
            throws ProblemException {
        project.database()
                .update("UPDATE image SET path = ? WHERE uuid = ?", path, image.toString());
    }
}
