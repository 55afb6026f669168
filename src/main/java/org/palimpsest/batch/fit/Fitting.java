package org.palimpsest.batch.fit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;
import org.palimpsest.training.LearntFiles;
import org.palimpsest.training.Trainer;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.training.TrainingRun;
import org.palimpsest.training.Validation;
import org.palimpsest.training.report.Curves;
import org.palimpsest.training.report.DataFacts;
import org.palimpsest.training.report.EventLog;
import org.palimpsest.training.report.ModelCard;

/// One fine-tuning from beginning to end: figures before, training with validation by asking, figures after, and what is
/// left in the adapter's folder: the adapter, events, curves and a model card.
public final class Fitting {
    private final Plan plan;
    private final Training training;
    private final Writer files;

    /// What is to be done.
    ///
    /// @param baseModel what the model is called where the adapter is used
    /// @param asked the open model that is asked before, between and after; without it the loss alone is known
    /// @param enough whether a person wants training to end with what there is, and to see what it is worth
    public record Plan(
            TrainingRun run,
            DataFacts data,
            String baseModel,
            Optional<AdaptableModel> asked,
            BooleanSupplier enough) {

        /// Trains to the end.
        public Plan(
                TrainingRun run, DataFacts data, String baseModel, Optional<AdaptableModel> asked) {
            this(run, data, baseModel, asked, () -> false);
        }
    }

    /// What came of it.
    ///
    /// @param learnt the folder to be used: of the adapter, or of a model of its own
    /// @param comparison figures without and with the adapter, where the model was asked
    /// @param images what was said about each held-out image without and with the adapter, the largest changes first
    /// @param trainedValues numbers that were trained
    public record Outcome(
            Trainer.Result result,
            Path learnt,
            Optional<ModelCard.Comparison> comparison,
            List<HeldOutAnswers> images,
            long trainedValues) {
        public Outcome {
            images = List.copyOf(images);
        }
    }

    /// Trains; [Trainer#fit] on some device.
    @FunctionalInterface
    public interface Training {
        Trainer.Result fit(
                TrainingRun run,
                Validation validation,
                Consumer<TrainingEvent> listener,
                Progress progress)
                throws ProblemException;
    }

    /// Writes what was learnt; [org.palimpsest.training.LearntFiles] does.
    @FunctionalInterface
    public interface Writer {
        /// @return the folder to be used
        Path write(TrainingRun run, Trainer.Result result, String baseModel, Progress progress)
                throws ProblemException;
    }

    private Fitting(Plan plan, Training training, Writer files) {
        this.plan = plan;
        this.training = training;
        this.files = files;
    }

    /// Runs it. What is there is kept when it is cancelled; the same call goes on from there.
    ///
    /// @param listener hears every event after it was written to the log
    public static Outcome run(
            Plan plan,
            Training training,
            Writer files,
            Consumer<TrainingEvent> listener,
            Progress progress)
            throws ProblemException {
        return new Fitting(plan, training, files).run(listener, progress);
    }

    private Outcome run(Consumer<TrainingEvent> listener, Progress progress)
            throws ProblemException {
        Path folder = plan.run().folder();
        makeFolder(folder);
        var before = new Judge.Judgement(Map.of(), "");
        if (plan.asked().isPresent()) {
            progress.message("Asking the model before training");
            before = plan.asked().get().judge(Optional.empty(), progress);
        }
        Trainer.Result result;
        var heard = new Heard(listener, plan.enough(), progress);
        try (var log = EventLog.open(folder)) {
            var validation = plan.asked().map(AdaptableModel::validation).orElse(Validation.NONE);
            result = training.fit(plan.run(), validation, event -> heard.hear(log, event), heard);
        } catch (ProblemException e) {
            heard.throwFailure();
            throw e;
        }
        heard.throwFailure();
        Path learnt = files.write(plan.run(), result, plan.baseModel(), progress);
        Optional<ModelCard.Comparison> comparison = Optional.empty();
        List<HeldOutAnswers> images = List.of();
        boolean stopped =
                result.finished().reason() == TrainingEvent.FinishReason.CANCELLED
                        && !plan.enough().getAsBoolean();
        if (plan.asked().isPresent() && !stopped) {
            progress.message("Asking the model after training");
            var after = plan.asked().get().judgeLearnt(result.best(), learnt, progress);
            comparison = Optional.of(new ModelCard.Comparison(before.figures(), after.figures()));
            images = HeldOutAnswers.of(before, after);
        }
        write(result, comparison, before.decisive(), heard.trainedValues);
        return new Outcome(result, learnt, comparison, images, heard.trainedValues);
    }

    private void write(
            Trainer.Result result,
            Optional<ModelCard.Comparison> comparison,
            String decisive,
            long trainedValues)
            throws ProblemException {
        Path folder = plan.run().folder();
        var events = EventLog.read(folder);
        ImageFiles.writePng(Curves.draw(events, decisive), folder.resolve(Curves.FILE));
        var card =
                new ModelCard(
                        String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
                        plan.baseModel(),
                        !LearntFiles.isSwitchable(result.best()),
                        plan.run().config(),
                        plan.data(),
                        result.finished(),
                        trainedValues,
                        comparison);
        AtomicFiles.write(
                folder.resolve(ModelCard.FILE), card.text().getBytes(StandardCharsets.UTF_8));
    }

    private static void makeFolder(Path folder) throws ProblemException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The adapter's folder cannot be made",
                            folder + ": " + e.getMessage(),
                            "Choose a folder that you may write to"),
                    e);
        }
    }

    /// Writes events to the log before others hear them. Where that fails, as on a full disk, training is stopped as if a
    /// person had done so, and the failure is told afterwards.
    private static final class Heard implements Progress {
        private final Consumer<TrainingEvent> listener;
        private final BooleanSupplier enough;
        private final Progress progress;
        private volatile @Nullable ProblemException failure;
        private long trainedValues;

        Heard(Consumer<TrainingEvent> listener, BooleanSupplier enough, Progress progress) {
            this.listener = listener;
            this.enough = enough;
            this.progress = progress;
        }

        void hear(EventLog log, TrainingEvent event) {
            if (event instanceof TrainingEvent.Started started) {
                trainedValues = started.trainedValues();
            }
            if (failure == null) {
                try {
                    log.add(event);
                } catch (ProblemException e) {
                    failure = e;
                }
            }
            listener.accept(event);
        }

        void throwFailure() throws ProblemException {
            var known = failure;
            if (known != null) {
                throw known;
            }
        }

        @Override
        public void update(ProgressUpdate update) {
            progress.update(update);
        }

        @Override
        public boolean isCancelled() {
            return failure != null || enough.getAsBoolean() || progress.isCancelled();
        }
    }
}
