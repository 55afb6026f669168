package org.palimpsest.inference;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs requests on one device, most urgent first, one at a time; equally urgent ones in the order in which they came.
///
/// A person goes first: a request of a batch that is being answered is put back and begins anew when an interactive one
/// comes. The image of the request that will be next is decoded meanwhile.
///
/// The model is opened when it is first needed, or when somebody says so. A model that cannot be opened, a broken
/// image and even a lack of memory fail one request, never the service.
///
/// Thread-safe: requests may be submitted and cancelled from any thread; states arrive on the service's own thread,
/// `inference-<device>`, only the cancellation of a request that still waits on the canceller's.
public final class InferenceService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceService.class);
    private final InstantSource clock;
    private final Thread worker;
    private final CopyOnWriteArrayList<Consumer<ModelState>> modelListeners =
            new CopyOnWriteArrayList<>();

    private final ErrandQueue errands = new ErrandQueue();
    private volatile @Nullable ModelChoice chosen;
    private volatile ModelState modelState = new ModelState.None();

    // Confined to the worker.
    private final OpenModels models;
    private final Pictures pictures = new Pictures();

    /// @param clock tells when an answer was given
    public InferenceService(ModelOpener opener, InstantSource clock) {
        this.models = new OpenModels(opener);
        this.clock = clock;
        this.worker =
                Thread.ofPlatform().name("inference").daemon().unstarted(this::workUntilClosed);
        worker.start();
    }

    /// Chooses the model for every request from now on that names none, and begins to open it.
    public void useModel(ModelChoice choice) {
        chosen = choice;
        errands.askForOpening();
    }

    /// Chooses a model without an adapter.
    public void useModel(Path folder) {
        useModel(ModelChoice.of(folder));
    }

    /// The model for requests that name none.
    public Optional<ModelChoice> chosenModel() {
        return Optional.ofNullable(chosen);
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

    /// What a model is called and where it runs; it is opened for that where it is not.
    ///
    /// Completed on the service's thread; exceptionally with a [ProblemException] where it cannot be opened, cancelled where
    /// the service is closed before.
    ///
    /// @throws IllegalStateException once closed
    public CompletableFuture<ModelCard> card(ModelChoice choice) {
        var introduction = new Errand.Introduce(choice, new CompletableFuture<>());
        errands.submit(introduction);
        return introduction.card();
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
                    case Errand.Introduce introduction -> introduce(introduction);
                    case Errand.Answer(var job) -> run(job);
                    case Errand.End _ -> {
                        return;
                    }
                }
            }
        } finally {
            models.closeAll();
        }
    }

    private void encode(Errand.Encode encoding) {
        try {
            var codes =
                    requireModel(Optional.empty(), Progress.NONE)
                            .encodeMask(encoding.mask(), encoding.box());
            encoding.codes().complete(codes);
        } catch (ProblemException | RuntimeException | OutOfMemoryError e) {
            encoding.codes().completeExceptionally(e);
        }
    }

    private void introduce(Errand.Introduce introduction) {
        try {
            var model = requireModel(Optional.of(introduction.choice()), Progress.NONE);
            introduction.card().complete(model.card());
        } catch (ProblemException | RuntimeException e) {
            introduction.card().completeExceptionally(e);
        }
    }

    private void run(InferenceJob job) {
        if (job.isCancelled()) {
            tell(job, new JobState.Cancelled(""));
            return;
        }
        JobState end;
        try {
            tell(job, JobState.Running.begun("Preparing"));
            end = answer(job);
        } catch (ProblemException e) {
            LOG.info("Request failed: {}", e.getMessage());
            end = new JobState.Failed(e.problem());
        } catch (OutOfMemoryError e) {
            LOG.error("Out of memory while answering", e);
            pictures.forget();
            end = new JobState.Failed(outOfMemory("The answer"));
        } catch (RuntimeException e) {
            LOG.error("Request failed", e);
            end = new JobState.Failed(unforeseen("The request failed", e));
        }
        boolean interrupted = job.takeInterruption();
        if (interrupted && end instanceof JobState.Cancelled && !errands.isClosed()) {
            tell(job, new JobState.Queued(errands.resubmit(job)));
        } else {
            tell(job, end);
        }
    }

    private JobState answer(InferenceJob job) throws ProblemException {
        var request = job.request();
        var current = requireModel(request.model(), job.progress());
        var picture = pictures.read(request.image().file());
        if (job.progress().isCancelled()) {
            return new JobState.Cancelled("");
        }
        errands.next().ifPresent(next -> pictures.readAhead(next.request().image()));
        tell(job, JobState.Running.begun("Reading the image"));
        var answer =
                new Answering(
                                current,
                                request,
                                picture,
                                running -> tell(job, running),
                                job.progress())
                        .answer();
        if (answer.end() == ModelAnswer.End.CANCELLED) {
            return new JobState.Cancelled(answer.text());
        }
        return new JobState.Succeeded(
                Predictions.of(request, answer, current.card(), clock.instant()));
    }

    private void openQuietly() {
        try {
            requireModel(Optional.empty(), Progress.NONE);
        } catch (ProblemException e) {
            LOG.info("Model not opened: {}", e.getMessage());
        }
    }

    /// @param wanted empty for the one that is chosen
    private AnsweringModel requireModel(Optional<ModelChoice> wanted, Progress progress)
            throws ProblemException {
        ModelChoice current = chosen;
        if (wanted.isPresent() && !wanted.get().equals(current)) {
            return requireOther(wanted.get(), progress);
        }
        if (current == null) {
            throw new ProblemException(
                    "No model is chosen", "", "Choose a model folder in the File menu");
        }
        try {
            var open = models.find(current);
            if (open.isPresent()) {
                tellIfNew(open.get().card());
                return open.get();
            }
        } catch (ProblemException e) {
            tellModel(new ModelState.Broken(current.folder(), e.problem()));
            throw e;
        }
        return open(current, progress);
    }

    /// A model beside the one that is chosen; what it does is told to the request alone.
    private AnsweringModel requireOther(ModelChoice choice, Progress progress)
            throws ProblemException {
        var open = models.find(choice);
        if (open.isPresent()) {
            return open.get();
        }
        progress.message("Opening " + choice.folder().getFileName());
        try {
            return models.open(choice, new OpeningProgress(Optional.empty(), progress));
        } catch (OutOfMemoryError e) {
            LOG.error("Out of memory while opening {}", choice, e);
            throw new ProblemException(outOfMemory("The model"), e);
        } catch (RuntimeException e) {
            LOG.error("Model {} failed to open", choice, e);
            throw new ProblemException(unforeseen("The model cannot be opened", e), e);
        }
    }

    private AnsweringModel open(ModelChoice choice, Progress progress) throws ProblemException {
        var folder = choice.folder();
        models.keepOnly(folder);
        tellModel(new ModelState.Opening(folder, new ProgressUpdate("Opening the model", -1)));
        try {
            var opened = models.open(choice, new OpeningProgress(Optional.of(folder), progress));
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

    /// After another adapter was switched on.
    private void tellIfNew(ModelCard card) {
        if (!(modelState instanceof ModelState.Ready(var known) && known.equals(card))) {
            tellModel(new ModelState.Ready(card));
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

    /// Shows progress of opening as model states and to the request that waits for it. Goes on when that is stopped: others
    /// will want the model, too.
    private final class OpeningProgress implements Progress {
        private final Optional<Path> folder;
        private final Progress request;

        /// @param folder of the model that is chosen; empty for another one, of which no states are told
        OpeningProgress(Optional<Path> folder, Progress request) {
            this.folder = folder;
            this.request = request;
        }

        @Override
        public void update(ProgressUpdate update) {
            folder.ifPresent(chosen -> tellModel(new ModelState.Opening(chosen, update)));
            request.update(update);
        }

        @Override
        public boolean isCancelled() {
            return errands.isClosed();
        }
    }
}
