package org.palimpsest.project;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.ProblemException;

/// Finds out what images added by their headers lack: the hashes of contents and of looks. Facts of files are not part of
/// the history.
public final class MissingFacts {
    private static final int SAVED_TOGETHER = 64;

    private MissingFacts() {}

    private record Missing(long row, ImageId id, String path) {}

    private record Found(long row, ImageId id, ImageFacts facts) {}

    /// How many images lack facts.
    public static long count(Project project) throws ProblemException {
        return project.reading(() ->
                project.database().longValue("SELECT count(*) FROM image WHERE content_hash = ''"));
    }

    /// Reads the files of images that lack facts, and saves some at a time. Files that cannot be read are passed over.
    ///
    /// @param listener hears which images know more now
    public static void find(Project project, Progress progress, Consumer<List<ImageId>> listener)
            throws ProblemException {
        long all = count(project);
        long done = 0;
        long after = 0;
        while (!progress.isCancelled()) {
            var missing = next(project, after);
            if (missing.isEmpty()) {
                return;
            }
            var found = new ArrayList<Found>();
            for (var image : missing) {
                if (progress.isCancelled()) {
                    break;
                }
                after = image.row();
                done++;
                progress.update(
                        new ProgressUpdate(
                                "Reading image " + done + " of " + all, done / (double) all));
                try {
                    var seen = ImageFiles.inspect(project.paths().file(image.path()));
                    found.add(new Found(image.row(), image.id(), ImageInspector.facts(seen)));
                } catch (ProblemException e) {
                    // The browser shows which images cannot be read.
                    continue;
                }
            }
            save(project, found);
            listener.accept(found.stream().map(Found::id).toList());
        }
    }

    private static List<Missing> next(Project project, long after) throws ProblemException {
        return project.reading(() -> {
            var missing = new ArrayList<Missing>();
            project.database()
                    .forEach(
                            row ->
                                    missing.add(
                                            new Missing(
                                                    row.getLong(1),
                                                    ImageId.parse(row.getString(2)),
                                                    row.getString(3))),
                            "SELECT id, uuid, path FROM image WHERE content_hash = '' AND id > ?"
                                    + " ORDER BY id LIMIT ?",
                            after,
                            SAVED_TOGETHER);
            return missing;
        });
    }

    private static void save(Project project, List<Found> found) throws ProblemException {
        project.writing(() -> {
            for (var image : found) {
                var facts = image.facts();
                project.database()
                        .update(
                                "UPDATE image SET content_hash = ?, perceptual_hash = ?,"
                                        + " orientation = ?, captured = ?, bytes = ? WHERE id = ?",
                                facts.contentHash(),
                                new Database.Maybe(
                                        facts.perceptualHash().isPresent()
                                                ? facts.perceptualHash().getAsLong()
                                                : null),
                                facts.orientation(),
                                new Database.Maybe(
                                        facts.captured().map(Object::toString).orElse(null)),
                                facts.bytes(),
                                image.row());
            }
            return found.size();
        });
    }
}
