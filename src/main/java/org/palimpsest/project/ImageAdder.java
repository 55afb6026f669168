package org.palimpsest.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.ProblemException;

/// Takes image files into a project, as one step; what was taken in before an interruption stays.
public final class ImageAdder {
    /// So many are saved together: forcing each to the disk alone takes longer than reading it.
    private static final int SAVED_TOGETHER = 64;

    private final Project project;
    private final ProjectStep step;
    private final List<AddImage> waiting = new ArrayList<>();
    private final Map<String, Path> waitingContents = new HashMap<>();
    private final List<Twin> twins = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private int added;
    private int known;

    private ImageAdder(Project project, ProjectStep step) {
        this.project = project;
        this.step = step;
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
        var step = project.beginStep("add images");
        var adder = new ImageAdder(project, step);
        for (int i = 0; i < files.size() && !progress.isCancelled(); i++) {
            adder.take(files.get(i));
            progress.update(
                    new ProgressUpdate(
                            "Reading image " + (i + 1) + " of " + files.size(),
                            (i + 1.0) / files.size()));
        }
        adder.save();
        step.end();
        return new Report(adder.added, adder.known, adder.twins, adder.failures);
    }

    private void take(Path file) throws ProblemException {
        if (project.find(file, "").isPresent()) {
            known++;
            return;
        }
        ImageEntry entry;
        try {
            entry = ImageInspector.inspect(file);
        } catch (ProblemException e) {
            failures.add(new Failure(file, e.problem().oneLine()));
            return;
        }
        String contents = entry.facts().contentHash();
        var same = project.find(file, contents);
        if (same.isPresent()) {
            twins.add(new Twin(file, project.image(same.get()).orElseThrow().image().file()));
            return;
        }
        var before = waitingContents.putIfAbsent(contents, file);
        if (before != null) {
            if (before.toAbsolutePath().normalize().equals(entry.file())) {
                known++; // the list names it twice
            } else {
                twins.add(new Twin(file, before));
            }
            return;
        }
        waiting.add(new AddImage(new AnnotatedImage(entry)));
        if (waiting.size() == SAVED_TOGETHER) {
            save();
        }
    }

    private void save() throws ProblemException {
        step.add(waiting);
        added += waiting.size();
        waiting.clear();
        waitingContents.clear();
    }
}
