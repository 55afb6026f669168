package org.palimpsest.inference;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs requests on one device, most urgent first, one at a time; equally urgent ones in the order in which they came.
///
/// The model is opened when it is first needed, or when somebody says so. A model that cannot be opened, a broken
/// image and even a lack of memory fail one request, never the service.
///
/// Thread-safe: requests may be submitted and cancelled from any thread; states arrive on the service's own thread,
/// `inference-<device>`, only the cancellation of a request that still waits on the canceller's.
public final class InferenceService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceService.class);
    private final ModelOpener opener;
    private final InstantSource clock;
    private final Thread worker;
    private final CopyOnWriteArrayList<Consumer<ModelState>> modelListeners =
            new CopyOnWriteArrayList<>();

    private final ErrandQueue errands = new ErrandQueue();
    private volatile @Nullable Path chosenFolder;
    private volatile ModelState modelState = new ModelState.None();

    // Confined to the worker.
    private @Nullable AnsweringModel model;
    private @Nullable Path modelFolder;
    private @Nullable DecodedImage lastImage;

    private record DecodedImage(Path file, Picture picture) {}

    /// @param clock tells when an answer was given
    public InferenceService(ModelOpener opener, InstantSource clock) {
        this.opener = opener;
        this.clock = clock;
        this.worker =
                Thread.ofPlatform().name("inference").daemon().unstarted(this::workUntilClosed);
        worker.start();
    }

    /// Chooses the model for every request from now on and begins to open it.
    public void useModel(Path folder) {
        chosenFolder = folder;
        errands.askForOpening();
    }

    public ModelState modelState() {
        return modelState;
    }

    /// Tells of the model's state now, and of every change on the service's thread.
    public void onModelState(Consumer<ModelState> listener) {
        modelListeners.add(listener);
        listener.accept(modelState);
    }

    /// Puts a request in the queue.
    ///
    /// @param listener hears every state but the first; the last one is final
    public InferenceJob submit(InferenceRequest request, Consumer<JobState> listener) {
        return errands.submit(request, listener, this::withdraw);
    }

    /// The 16 codes that tell the part of a mask inside a box, from the model in use.
    ///
    /// Waits for its turn: not for the interface's thread.
    ///
    /// @param box in pixels
    /// @throws ProblemException if no model is open that knows masks
    public int[] encodeMask(Mask mask, Box box) throws ProblemException {
        var encoding = new Errand.Encode(mask, box, new CompletableFuture<>());
        errands.submit(encoding);
        try {
            return encoding.codes().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IllegalStateException("The mask could not be encoded", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    new Problem("The mask was not encoded", "The program ends", ""), e);
        }
    }

    /// Takes a cancelled request out of the queue; one that runs already stops by itself.
    private void withdraw(InferenceJob job) {
        if (errands.remove(job)) {
            tell(job, new JobState.Cancelled(""));
        }
    }

    /// Stops what runs, cancels what waits, closes the model and waits for all that.
    @Override
    public void close() {
        errands.close().forEach(InferenceJob::cancel);
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void workUntilClosed() {
        try {
            while (true) {
                switch (errands.take()) {
                    case Errand.Open _ -> openQuietly();
                    case Errand.Encode encoding -> encode(encoding);
                    case Errand.Answer(var job) -> run(job);
                    case Errand.End _ -> {
                        return;
                    }
                }
            }
        } finally {
            closeModel();
        }
    }

    private void encode(Errand.Encode encoding) {
        try {
            var codes = requireModel(Progress.NONE).encodeMask(encoding.mask(), encoding.box());
            encoding.codes().complete(codes);
        } catch (ProblemException | RuntimeException | OutOfMemoryError e) {
            encoding.codes().completeExceptionally(e);
        }
    }

    private void run(InferenceJob job) {
        if (job.isCancelled()) {
            tell(job, new JobState.Cancelled(""));
            return;
        }
        JobState end;
        try {
            tell(job, new JobState.Running("Preparing", "", 0, 0));
            end = answer(job);
        } catch (ProblemException e) {
            LOG.info("Request failed: {}", e.getMessage());
            end = new JobState.Failed(e.problem());
        } catch (OutOfMemoryError e) {
            LOG.error("Out of memory while answering", e);
            lastImage = null;
            end = new JobState.Failed(outOfMemory("The answer"));
        } catch (RuntimeException e) {
            LOG.error("Request failed", e);
            end = new JobState.Failed(unforeseen("The request failed", e));
        }
        tell(job, end);
    }

    private JobState answer(InferenceJob job) throws ProblemException {
        var current = requireModel(job.progress());
        var request = job.request();
        var picture = picture(request.image().file());
        if (job.isCancelled()) {
            return new JobState.Cancelled("");
        }
        tell(job, new JobState.Running("Reading the image", "", 0, 0));
        var meter = new SpeedMeter(System::nanoTime);
        var answer =
                current.answer(
                        picture,
                        request.image().id().toString(),
                        request.task().prompt(),
                        request.maxNewTokens(),
                        (text, tokens) -> {
                            meter.token(tokens);
                            tell(
                                    job,
                                    new JobState.Running(
                                            "Answering", text, tokens, meter.tokensPerSecond()));
                        },
                        job.progress());
        if (answer.end() == ModelAnswer.End.CANCELLED) {
            return new JobState.Cancelled(answer.text());
        }
        return new JobState.Succeeded(
                Predictions.of(request, answer, current.card().name(), clock.instant()));
    }

    private Picture picture(Path file) throws ProblemException {
        if (lastImage == null || !lastImage.file().equals(file)) {
            lastImage = null;
            lastImage = new DecodedImage(file, ImageFiles.read(file));
        }
        return lastImage.picture();
    }

    private void openQuietly() {
        try {
            requireModel(Progress.NONE);
        } catch (ProblemException e) {
            LOG.info("Model not opened: {}", e.getMessage());
        }
    }

    private AnsweringModel requireModel(Progress progress) throws ProblemException {
        Path folder = chosenFolder;
        if (folder == null) {
            throw new ProblemException(
                    "No model is chosen", "", "Choose a model folder in the File menu");
        }
        if (model != null && folder.equals(modelFolder)) {
            return model;
        }
        closeModel();
        tellModel(new ModelState.Opening(folder, new ProgressUpdate("Opening the model", -1)));
        try {
            var opened = opener.open(folder, new OpeningProgress(folder, progress));
            model = opened;
            modelFolder = folder;
            worker.setName(threadName(opened.card()));
            tellModel(new ModelState.Ready(opened.card()));
            return opened;
        } catch (ProblemException e) {
            tellModel(new ModelState.Broken(folder, e.problem()));
            throw e;
        } catch (OutOfMemoryError e) {
            LOG.error("Out of memory while opening {}", folder, e);
            throw broken(folder, outOfMemory("The model"), e);
        } catch (RuntimeException e) {
            LOG.error("Model {} failed to open", folder, e);
            throw broken(folder, unforeseen("The model cannot be opened", e), e);
        }
    }

    /// `inference-cpu` for a device described as `CPU, 8 threads`.
    private static String threadName(ModelCard card) {
        var device = card.device().split(",", 2)[0].strip().toLowerCase(Locale.ROOT);
        return "inference-" + device.replace(' ', '-');
    }

    private ProblemException broken(Path folder, Problem problem, Throwable cause) {
        tellModel(new ModelState.Broken(folder, problem));
        return new ProblemException(problem, cause);
    }

    private void closeModel() {
        if (model != null) {
            try {
                model.close();
            } catch (RuntimeException e) {
                LOG.warn("The model did not close well", e);
            }
            model = null;
            modelFolder = null;
        }
    }

    private void tell(InferenceJob job, JobState state) {
        try {
            job.moveTo(state);
        } catch (RuntimeException e) {
            LOG.error("A listener failed", e);
        }
    }

    private void tellModel(ModelState state) {
        modelState = state;
        for (var listener : modelListeners) {
            try {
                listener.accept(state);
            } catch (RuntimeException e) {
                LOG.error("A model listener failed", e);
            }
        }
    }

    private static Problem outOfMemory(String what) {
        return new Problem(
                what + " needs more memory than there is",
                "",
                "Close other programs, choose a smaller model, or start with a larger -Xmx");
    }

    private static Problem unforeseen(String summary, Throwable cause) {
        return new Problem(
                summary,
                cause.getClass().getSimpleName()
                        + ": "
                        + Objects.requireNonNullElse(cause.getMessage(), "no details"),
                "This is a mistake of the program; the log has the details");
    }

    /// Shows progress of opening as model states, and stops when the request that waits for it is stopped.
    private final class OpeningProgress implements Progress {
        private final Path folder;
        private final Progress request;

        OpeningProgress(Path folder, Progress request) {
            this.folder = folder;
            this.request = request;
        }

        @Override
        public void update(ProgressUpdate update) {
            tellModel(new ModelState.Opening(folder, update));
            request.update(update);
        }

        @Override
        public boolean isCancelled() {
            return errands.isClosed();
        }
    }
}
