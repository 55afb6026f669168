package org.palimpsest.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Mask;
import org.palimpsest.inference.InferenceJob;
import org.palimpsest.inference.InferenceRequest;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.JobState;
import org.palimpsest.inference.ModelCard;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.inference.Prediction;
import org.palimpsest.inference.Priority;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// A model that answers through the service of the window: after everything that a person asks, and without a second copy of
/// its weights.
///
/// What it found without an extent is not proposed to a person, and not counted here either. Waits for answers: not for the
/// interface's thread.
public final class ServedModel implements EvaluatedModel {
    private static final long MILLISECONDS_BETWEEN_LOOKS = 50;

    private final InferenceService inference;
    private final ModelCard card;

    private ServedModel(InferenceService inference, ModelCard card) {
        this.inference = inference;
        this.card = card;
    }

    /// Opens the model where it is not open, and waits for that.
    ///
    /// @throws ProblemException if it cannot be opened, or the work is cancelled
    public static ServedModel open(
            InferenceService inference, ModelChoice choice, Progress progress)
            throws ProblemException {
        return new ServedModel(inference, await(inference.card(choice), progress));
    }

    @Override
    public String name() {
        return card.name();
    }

    @Override
    public String checkpoint() {
        return card.checkpoint();
    }

    @Override
    public boolean masks() {
        return card.masks();
    }

    @Override
    public List<EvaluatedAnswer> ask(
            ImageEntry image, List<String> prompts, int maxNewTokens, Progress progress)
            throws ProblemException {
        var jobs = new ArrayList<InferenceJob>();
        var answers = new ArrayList<CompletableFuture<Prediction>>();
        for (var prompt : prompts) {
            var answer = new CompletableFuture<Prediction>();
            answers.add(answer);
            var request =
                    new InferenceRequest(image, Task.parse(prompt), maxNewTokens, Priority.BATCH)
                            .withModel(card.choice());
            jobs.add(inference.submit(request, state -> take(state, answer)));
        }
        try {
            var all = new ArrayList<EvaluatedAnswer>();
            for (int i = 0; i < answers.size(); i++) {
                all.add(evaluated(prompts.get(i), await(answers.get(i), progress)));
            }
            return all;
        } finally {
            jobs.stream().filter(job -> !job.state().isFinal()).forEach(InferenceJob::cancel);
        }
    }

    private static void take(JobState state, CompletableFuture<Prediction> answer) {
        switch (state) {
            case JobState.Queued _, JobState.Running _ -> {}
            case JobState.Succeeded(var prediction) -> answer.complete(prediction);
            case JobState.Failed(var problem) ->
                    answer.completeExceptionally(new ProblemException(problem));
            case JobState.Cancelled _ -> answer.cancel(false);
        }
    }

    private static <T> T await(CompletableFuture<T> future, Progress progress)
            throws ProblemException {
        try {
            while (true) {
                progress.throwIfCancelled("The evaluation was cancelled");
                try {
                    return future.get(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    continue; // look whether it was cancelled
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IllegalStateException("The model did not answer", e.getCause());
        } catch (CancellationException e) {
            throw new ProblemException(
                    new Problem("The model did not answer", "It was closed", ""), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    new Problem("The evaluation was cancelled", "The program ends", ""), e);
        }
    }

    private static EvaluatedAnswer evaluated(String prompt, Prediction answer) {
        var found = new ArrayList<EvaluatedAnswer.Found>();
        for (var annotation : answer.annotations()) {
            if (annotation instanceof ObjectAnnotation object) {
                found.add(
                        new EvaluatedAnswer.Found(
                                object.label(),
                                object.region().bounds(),
                                object.provenance().score().orElse(1),
                                object.region() instanceof Mask mask
                                        ? Optional.of(mask)
                                        : Optional.empty()));
            }
        }
        return new EvaluatedAnswer(
                prompt,
                answer.text().strip(),
                answer.output() instanceof ParsedOutput.Malformed,
                found,
                answer.annotations());
    }
}
