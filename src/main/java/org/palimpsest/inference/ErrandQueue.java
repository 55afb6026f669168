package org.palimpsest.inference;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What waits for the service's thread, most urgent first: opening a model, encoding masks, then requests by priority
/// and age. A running request of a batch is interrupted when a person asks, and begins anew afterwards.
///
/// Thread-safe; one thread takes.
final class ErrandQueue {
    private static final Comparator<InferenceJob> MOST_URGENT_FIRST =
            Comparator.comparing((InferenceJob job) -> job.request().priority())
                    .thenComparingLong(InferenceJob::sequence);

    private final PriorityQueue<InferenceJob> jobs = new PriorityQueue<>(MOST_URGENT_FIRST);
    private final Queue<Errand.Encode> encodings = new ArrayDeque<>();
    private final Queue<Errand.Introduce> introductions = new ArrayDeque<>();
    private @Nullable InferenceJob running;
    private boolean openingAsked;
    private boolean closed;
    private long submitted;

    /// @throws IllegalStateException once closed
    synchronized InferenceJob submit(
            InferenceRequest request,
            Consumer<JobState> listener,
            Consumer<InferenceJob> onCancel) {
        requireOpen();
        int ahead = running == null ? 0 : 1;
        for (var waiting : jobs) {
            ahead += waiting.request().priority().compareTo(request.priority()) <= 0 ? 1 : 0;
        }
        var job = new InferenceJob(request, listener, submitted++, ahead, onCancel);
        jobs.add(job);
        if (running != null
                && running.request().priority() == Priority.BATCH
                && request.priority() == Priority.INTERACTIVE) {
            running.interrupt();
        }
        notifyAll();
        return job;
    }

    /// Takes an interrupted job in again, in its old place among the equally urgent ones.
    ///
    /// @return how many are before it
    synchronized int resubmit(InferenceJob job) {
        int ahead = 0;
        for (var waiting : jobs) {
            ahead += MOST_URGENT_FIRST.compare(waiting, job) < 0 ? 1 : 0;
        }
        jobs.add(job);
        return ahead;
    }

    /// The job that will be taken next, as it looks now.
    synchronized Optional<InferenceJob> next() {
        return Optional.ofNullable(jobs.peek());
    }

    /// @throws IllegalStateException once closed
    synchronized void submit(Errand.Encode encoding) {
        requireOpen();
        encodings.add(encoding);
        notifyAll();
    }

    /// Taken after what a person waits for.
    ///
    /// @throws IllegalStateException once closed
    synchronized void submit(Errand.Introduce introduction) {
        requireOpen();
        introductions.add(introduction);
        notifyAll();
    }

    synchronized void askForOpening() {
        openingAsked = true;
        notifyAll();
    }

    /// Takes a job out again; false if it does not wait any more.
    synchronized boolean remove(InferenceJob job) {
        return jobs.remove(job);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /// Takes nothing more, cancels what runs, and returns what waits. Encodings are still carried out.
    synchronized List<InferenceJob> close() {
        closed = true;
        if (running != null) {
            running.cancel();
        }
        introductions.forEach(introduction -> introduction.card().cancel(false));
        introductions.clear();
        notifyAll();
        return List.copyOf(jobs);
    }

    /// Waits for something to do. What was taken before is done then.
    synchronized Errand take() {
        running = null;
        while (true) {
            if (!encodings.isEmpty()) {
                return encodings.remove();
            }
            if (openingAsked && !closed) {
                openingAsked = false;
                return new Errand.Open();
            }
            var next = jobs.peek();
            boolean personWaits = next != null && next.request().priority() == Priority.INTERACTIVE;
            if (!introductions.isEmpty() && !personWaits) {
                return introductions.remove();
            }
            var job = jobs.poll();
            if (job != null) {
                running = job;
                return new Errand.Answer(job);
            }
            if (closed) {
                return new Errand.End();
            }
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody interrupts the service's thread but the end of the program.
                closed = true;
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The inference service is closed");
        }
    }
}
