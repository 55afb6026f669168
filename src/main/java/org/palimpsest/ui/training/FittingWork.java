package org.palimpsest.ui.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.palimpsest.batch.fit.EarlierRun;
import org.palimpsest.batch.fit.Fitting;
import org.palimpsest.batch.fit.FittingData;
import org.palimpsest.batch.fit.FittingSession;
import org.palimpsest.batch.fit.FittingSettings;
import org.palimpsest.batch.fit.ProjectExamples;
import org.palimpsest.batch.fit.ProjectOutline;
import org.palimpsest.format.prompts.ExampleOptions;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.Project;
import org.palimpsest.runtime.AvailableMemory;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.training.report.DataFacts;
import org.palimpsest.training.report.EventLog;
import org.palimpsest.training.report.RunRecord;
import org.palimpsest.ui.support.Texts;

/// What training does away from the interface's thread. Has no state of its own: every call may come from another thread.
final class FittingWork {
    /// The project that a run belongs to, in its record.
    static final String PROJECT = "project";

    /// With more cores than this, one is left to the person.
    private static final int FEW_CORES = 2;

    private final Executor trainer;

    /// What is to be trained.
    ///
    /// @param model that it begins at; its adapter does not count
    /// @param processor whether answers are computed on the processor, and so training, too
    /// @param choices the settings by name, for the run's record
    record Wish(
            ModelChoice model,
            boolean processor,
            Path folder,
            FittingSettings settings,
            ExampleOptions examples,
            FittingData.HoldOut holdOut,
            Map<String, String> choices) {}

    /// How the work and the person talk while it runs.
    ///
    /// @param listener hears every event, on the trainer's thread
    /// @param enough whether the person wants what there is
    record Watch(Consumer<TrainingEvent> listener, BooleanSupplier enough) {}

    /// @param trainer where training runs; its one thread may be busy for hours
    FittingWork(Executor trainer) {
        this.trainer = trainer;
    }

    /// Finds out what would be learnt and what it would take.
    Outlook look(Wish wish, Project project, Progress progress) throws ProblemException {
        var found =
                new Outlook(
                        ProjectOutline.of(project.dataset(ImageFilter.ALL), progress),
                        Optional.empty(),
                        Optional.empty(),
                        AvailableMemory.bytes(),
                        Outlook.Obstacle.NONE,
                        Optional.empty());
        try {
            FittingSession.requireTrainable(wish.model().folder());
        } catch (ProblemException e) {
            return found.with(Outlook.Obstacle.ONNX, e.problem());
        }
        FittingSession session;
        try (var runtime = OnnxRuntime.start()) {
            try {
                session = prepare(wish, project, runtime, progress);
            } catch (ProblemException e) {
                return found.with(
                        found.outline().usable() == 0
                                ? Outlook.Obstacle.NOTHING_KNOWN
                                : Outlook.Obstacle.DATA,
                        e.problem());
            }
            found = found.withData(session.data());
            return found.withEstimate(session.estimate(progress));
        } catch (ProblemException e) {
            return found.with(Outlook.Obstacle.MEMORY, e.problem());
        }
    }

    /// A folder beside others that is not there yet.
    static Path free(Path parent, String name) {
        for (int number = 1; ; number++) {
            Path folder = parent.resolve(name + "-" + number);
            if (!Files.exists(folder)) {
                return folder;
            }
        }
    }

    /// The runs of a project in a folder, the latest first.
    static List<EarlierRun> earlier(Path parent, Path project) throws ProblemException {
        return EarlierRun.in(parent, Map.of(PROJECT, name(project)));
    }

    private static String name(Path project) {
        return project.toAbsolutePath().normalize().toString();
    }

    /// Trains. The project's file is opened anew, so that it may be closed in the window meanwhile.
    ///
    /// @return empty where it was stopped before the first step
    Optional<Fitting.Outcome> train(Wish wish, Path project, Watch watch, Progress progress)
            throws ProblemException {
        return onTrainer(
                () -> {
                    try (var opened = Project.openForReading(project);
                            var runtime = OnnxRuntime.start()) {
                        var session = prepare(wish, opened, runtime, progress);
                        FittingSession.requireFreeFolder(wish.folder());
                        var record = record(wish, project, session);
                        record.write(wish.folder());
                        return Optional.of(train(session, record, wish.folder(), watch, progress));
                    }
                },
                progress);
    }

    /// Goes on with a run that was stopped, with the examples that it was begun with.
    Optional<Fitting.Outcome> goOn(
            EarlierRun run, Wish wish, Path project, Watch watch, Progress progress)
            throws ProblemException {
        return onTrainer(
                () -> {
                    EventLog.read(wish.folder()).stream()
                            .filter(FittingWork::isOfACurve)
                            .forEach(watch.listener());
                    try (var opened = Project.openForReading(project);
                            var runtime = OnnxRuntime.start()) {
                        var data = run.data(opened.dataset(ImageFilter.ALL), progress);
                        var session =
                                FittingSession.prepare(
                                        request(wish),
                                        place(wish, runtime),
                                        (_, _) -> data,
                                        progress);
                        return Optional.of(
                                train(session, run.record(), wish.folder(), watch, progress));
                    }
                },
                progress);
    }

    private static boolean isOfACurve(TrainingEvent event) {
        return event instanceof TrainingEvent.StepCompleted
                || event instanceof TrainingEvent.Evaluated;
    }

    private static Fitting.Outcome train(
            FittingSession session, RunRecord record, Path folder, Watch watch, Progress progress)
            throws ProblemException {
        int steps = session.run().config().steps();
        Consumer<TrainingEvent> listener =
                event -> {
                    watch.listener().accept(event);
                    if (event instanceof TrainingEvent.StepCompleted step) {
                        progress.update(
                                new ProgressUpdate(
                                        Texts.get("training.step", step.step(), steps),
                                        (double) step.step() / steps));
                    }
                };
        var outcome = session.train(listener, watch.enough(), new Quiet(progress));
        record.withComparison(outcome.comparison()).write(folder);
        return outcome;
    }

    private static FittingSession prepare(
            Wish wish, Project project, OnnxRuntime runtime, Progress progress)
            throws ProblemException {
        return FittingSession.prepare(
                request(wish),
                place(wish, runtime),
                (masks, watched) ->
                        ProjectExamples.read(
                                project,
                                ImageFilter.ALL,
                                masks.map(wish.examples()::withMasks).orElse(wish.examples()),
                                wish.holdOut(),
                                watched),
                progress);
    }

    private static FittingSession.Request request(Wish wish) {
        return FittingSession.Request.of(wish.model().folder(), wish.folder(), wish.settings());
    }

    private static FittingSession.Place place(Wish wish, OnnxRuntime runtime)
            throws ProblemException {
        int cores = Runtime.getRuntime().availableProcessors();
        var device = runtime.select(DeviceChoice.parse(wish.processor() ? "cpu" : "auto")).device();
        return new FittingSession.Place(
                runtime,
                switch (device) {
                    case Device.Cpu _ -> new Device.Cpu(cores > FEW_CORES ? cores - 1 : cores);
                    case Device.Cuda cuda -> cuda;
                });
    }

    private static RunRecord record(Wish wish, Path project, FittingSession session) {
        var choices = new LinkedHashMap<>(wish.choices());
        choices.put(PROJECT, name(project));
        var data = session.data();
        return new RunRecord(
                wish.model().folder().toAbsolutePath().normalize(),
                choices,
                new DataFacts.Origin(data.source(), data.division(), data.kinds(), data.findings()),
                data.training(),
                data.validation(),
                Optional.empty());
    }

    /// Something that the trainer's thread does while the caller waits.
    private interface Training {
        Optional<Fitting.Outcome> run() throws ProblemException;
    }

    private Optional<Fitting.Outcome> onTrainer(Training work, Progress progress)
            throws ProblemException {
        var task = new FutureTask<>(work::run);
        trainer.execute(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ProblemException _ when progress.isCancelled() -> {
                    return Optional.empty();
                }
                case ProblemException problem -> throw problem;
                case OutOfMemoryError error -> throw error;
                case RuntimeException failure -> throw failure;
                case null, default ->
                        throw new IllegalStateException("Training failed", e.getCause());
            }
        } catch (InterruptedException e) {
            // The program ends; what the last checkpoint has is there.
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Passes on how far it is and not what the parts below say about it, which is in one language alone.
    private record Quiet(Progress progress) implements Progress {
        @Override
        public void update(ProgressUpdate update) {
            // The steps tell.
        }

        @Override
        public boolean isCancelled() {
            return progress.isCancelled();
        }
    }
}
