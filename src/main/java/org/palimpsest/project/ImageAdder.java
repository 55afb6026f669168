package org.palimpsest.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.ProblemException;

/// Takes image files into a project, as one step; what was taken in before an interruption stays.
public final class ImageAdder {
    /// So many are saved together: forcing each to the disk alone takes longer than reading it.
    private static final int SAVED_TOGETHER = 64;

    private static final int MOST_SAVED_TOGETHER = 4_096;

    private final Project project;
    private final ProjectStep step;
    private final boolean headersOnly;
    private final Consumer<List<ImageId>> listener;
    private final List<AddImage> waiting = new ArrayList<>();
    private final Map<String, Path> waitingContents = new HashMap<>();
    private final List<Twin> twins = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private int savedTogether = SAVED_TOGETHER;
    private int added;
    private int known;

    private ImageAdder(
            Project project,
            ProjectStep step,
            boolean headersOnly,
            Consumer<List<ImageId>> listener) {
        this.project = project;
        this.step = step;
        this.headersOnly = headersOnly;
        this.listener = listener;
    }

    /// A file with the same contents as an image that is there already.
    public record Twin(Path file, Path same) {}

    /// A file that is no readable image.
    public record Failure(Path file, String reason) {}

    /// What became of the files.
    ///
    /// @param known how many were in the project already, by their paths
    /// @param twins files left out because the same picture is in the project under another name
    public record Report(int added, int known, List<Twin> twins, List<Failure> failures) {
        public Report {
            twins = List.copyOf(twins);
            failures = List.copyOf(failures);
        }
    }

    /// Adds the files that are not in the project. Stops between two files when cancelled.
    public static Report add(Project project, List<Path> files, Progress progress)
            throws ProblemException {
        return add(
                new ImageAdder(project, project.beginStep("add images"), false, _ -> {}),
                files,
                progress);
    }

    /// Adds files by their headers alone, so that thousands are there in seconds. What [MissingFacts] finds out later is
    /// left open: hashes, and with them whether two files hold the same picture.
    ///
    /// @param listener hears which images were saved, first a few and then ever more at a time
    public static Report addByHeaders(
            Project project, List<Path> files, Progress progress, Consumer<List<ImageId>> listener)
            throws ProblemException {
        return add(
                new ImageAdder(project, project.beginStep("add images"), true, listener),
                files,
                progress);
    }

    private static Report add(ImageAdder adder, List<Path> files, Progress progress)
            throws ProblemException {
        for (int i = 0; i < files.size() && !progress.isCancelled(); i++) {
            adder.take(files.get(i));
            progress.update(
                    new ProgressUpdate(
                            "Reading image " + (i + 1) + " of " + files.size(),
                            (i + 1.0) / files.size()));
        }
        adder.save();
        adder.step.end();
        return new Report(adder.added, adder.known, adder.twins, adder.failures);
    }

    private void take(Path file) throws ProblemException {
        if (project.find(file, "").isPresent()) {
            known++;
            return;
        }
        ImageEntry entry;
        try {
            entry = headersOnly ? ImageInspector.inspectHeader(file) : ImageInspector.inspect(file);
        } catch (ProblemException e) {
            failures.add(new Failure(file, e.problem().oneLine()));
            return;
        }
        if (!headersOnly && isTwin(file, entry)) {
            return;
        }
        waiting.add(new AddImage(new AnnotatedImage(entry)));
        if (waiting.size() >= savedTogether) {
            save();
        }
    }

    private boolean isTwin(Path file, ImageEntry entry) throws ProblemException {
        String contents = entry.facts().contentHash();
        var same = project.find(file, contents);
        if (same.isPresent()) {
            twins.add(new Twin(file, project.image(same.get()).orElseThrow().image().file()));
            return true;
        }
        var before = waitingContents.putIfAbsent(contents, file);
        if (before != null) {
            if (before.toAbsolutePath().normalize().equals(entry.file())) {
                known++; // the list names it twice
            } else {
                twins.add(new Twin(file, before));
            }
            return true;
        }
        return false;
    }

    private void save() throws ProblemException {
        step.add(waiting);
        added += waiting.size();
        if (headersOnly && !waiting.isEmpty()) {
            savedTogether = Math.min(2 * savedTogether, MOST_SAVED_TOGETHER);
            listener.accept(waiting.stream().map(edit -> edit.image().image().id()).toList());
        }
        waiting.clear();
        waitingContents.clear();
    }
}
