package org.palimpsest.batch.fit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.LearntFiles;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.training.data.Example;
import org.palimpsest.training.report.EventLog;
import org.palimpsest.training.report.RunRecord;

/// A run as its folder tells of it: what it was begun with, how far it came, and what came of it.
///
/// @param steps that it was to take; 0 where it never began
/// @param step the last one that it took
/// @param reason why it ended; empty where it was killed, or never began
/// @param changed when something was last written
public record EarlierRun(
        Path folder,
        RunRecord record,
        int steps,
        int step,
        Optional<TrainingEvent.FinishReason> reason,
        Instant changed) {
    private static final int MOST_RUNS = 200;

    /// Whether there are steps left that it could take.
    public boolean canGoOn() {
        return reason.isEmpty() || reason.get() == TrainingEvent.FinishReason.CANCELLED;
    }

    /// The folder to be used: of the adapter, or of a model of its own.
    public Path learnt() {
        Path own = folder.resolve(LearntFiles.MODEL);
        return Files.isDirectory(own) ? own : folder;
    }

    /// Whether it was stopped with nothing judged yet.
    public boolean isInterrupted() {
        return canGoOn() && record.comparison().isEmpty();
    }

    /// The run of a folder; empty where it holds none.
    public static Optional<EarlierRun> read(Path folder) throws ProblemException {
        var record = RunRecord.read(folder);
        if (record.isEmpty()) {
            return Optional.empty();
        }
        int steps = 0;
        int step = 0;
        Optional<TrainingEvent.FinishReason> reason = Optional.empty();
        for (var event : EventLog.read(folder)) {
            switch (event) {
                case TrainingEvent.Started started -> {
                    steps = started.steps();
                    reason = Optional.empty();
                }
                case TrainingEvent.StepCompleted done -> step = done.step();
                case TrainingEvent.Finished finished -> reason = Optional.of(finished.reason());
                case TrainingEvent.Evaluated _, TrainingEvent.CheckpointSaved _ -> {}
            }
        }
        try {
            Path last = folder.resolve(EventLog.FILE);
            var changed =
                    Files.getLastModifiedTime(
                                    Files.exists(last) ? last : folder.resolve(RunRecord.FILE))
                            .toInstant();
            return Optional.of(new EarlierRun(folder, record.get(), steps, step, reason, changed));
        } catch (IOException e) {
            throw cannotRead(folder, e);
        }
    }

    /// The runs in the folders of a folder, the latest first.
    ///
    /// @param choices what their records must say, as of which project they are
    public static List<EarlierRun> in(Path parent, Map<String, String> choices)
            throws ProblemException {
        var runs = new ArrayList<EarlierRun>();
        if (!Files.isDirectory(parent)) {
            return runs;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, Files::isDirectory)) {
            for (var folder : folders) {
                if (runs.size() < MOST_RUNS) {
                    read(folder)
                            .filter(run ->
                                    run.record()
                                            .choices()
                                            .entrySet()
                                            .containsAll(choices.entrySet()))
                            .ifPresent(runs::add);
                }
            }
        } catch (IOException e) {
            throw cannotRead(parent, e);
        }
        runs.sort(Comparator.comparing(EarlierRun::changed).reversed());
        return runs;
    }

    /// What it learns, as it was when it was begun.
    ///
    /// @param project where the truth of its held-out images is taken from
    public FittingData data(Dataset project, Progress progress) throws ProblemException {
        Set<Path> heldOut = new HashSet<>();
        record.validation().stream().map(Example::image).forEach(heldOut::add);
        var images = new ArrayList<AnnotatedImage>();
        project.forEach(image -> {
            progress.throwIfCancelled("Reading the project was cancelled");
            if (heldOut.contains(image.image().file())) {
                images.add(image);
            }
        });
        var origin = record.origin();
        return new FittingData(
                origin.source(),
                origin.division(),
                record.training(),
                record.validation(),
                images.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Dataset.of(project.labels(), images)),
                origin.kinds(),
                origin.findings());
    }

    private static ProblemException cannotRead(Path folder, IOException e) {
        return new ProblemException(
                new Problem("The training run cannot be read", folder + ": " + e, ""), e);
    }
}
