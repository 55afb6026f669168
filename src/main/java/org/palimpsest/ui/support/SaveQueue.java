package org.palimpsest.ui.support;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes changes in the order in which they were made, away from the interface's thread.
///
/// An edit that cannot be written, as on a full disk, stays in memory with all that came after it and is tried again;
/// nothing overtakes it. Work of another kind that fails is reported and given up.
///
/// Thread-safe. The callbacks come on the writer's thread.
final class SaveQueue {
    private static final Logger LOG = LoggerFactory.getLogger(SaveQueue.class);

    private final Executor writer;
    private final Consumer<SaveState> listener;

    private final Deque<Entry> waiting = new ArrayDeque<>(); // guarded by itself
    private @Nullable Entry running; // guarded by waiting
    private Optional<Problem> problem = Optional.empty(); // guarded by waiting

    /// Writes one change.
    @FunctionalInterface
    interface Work {
        void run() throws ProblemException;
    }

    /// @param edit what is shown already and must not be lost; empty for other work
    /// @param refused hears why the work was given up
    private record Entry(Optional<Edit> edit, Work work, Consumer<RuntimeException> refused) {}

    /// @param writer runs one piece of work after the other
    /// @param listener hears every change of state
    SaveQueue(Executor writer, Consumer<SaveState> listener) {
        this.writer = writer;
        this.listener = listener;
    }

    /// Writes an edit that is shown already; tried again until it is written.
    ///
    /// @param refused called where the edit does not fit what is in the file, so that it can never be written
    void save(Edit edit, Work work, Consumer<RuntimeException> refused) {
        submit(new Entry(Optional.of(edit), work, refused));
    }

    /// Does other work when all before it is written. It reports its own failures.
    void then(Work work) {
        submit(new Entry(Optional.empty(), work, _ -> {}));
    }

    private void submit(Entry entry) {
        synchronized (waiting) {
            waiting.add(entry);
        }
        tell();
        retry();
    }

    /// Goes on writing, after a failure as well.
    void retry() {
        try {
            writer.execute(this::drain);
        } catch (RejectedExecutionException e) {
            LOG.info("Nothing more is written, the program ends");
        }
    }

    /// Runs a reader on the writer's thread. It is told which edits are still unwritten, which happens only after a failure.
    void read(Consumer<List<Edit>> reader) {
        try {
            writer.execute(() -> reader.accept(unwritten()));
        } catch (RejectedExecutionException e) {
            LOG.info("Nothing more is read, the program ends");
        }
    }

    /// Forgets what could not be written.
    void giveUp() {
        synchronized (waiting) {
            if (problem.isPresent()) {
                waiting.removeIf(entry -> entry.edit().isPresent() && entry != running);
                problem = Optional.empty();
            }
        }
        tell();
        retry();
    }

    /// Takes the last change back that could not be written, if it is an edit.
    Optional<Edit> takeBackUnwritten() {
        Optional<Edit> taken = Optional.empty();
        synchronized (waiting) {
            var last = waiting.peekLast();
            if (problem.isPresent() && last != null && last != running && last.edit().isPresent()) {
                waiting.removeLast();
                taken = last.edit();
            }
            if (waiting.isEmpty()) {
                problem = Optional.empty();
            }
        }
        tell();
        return taken;
    }

    private List<Edit> unwritten() {
        synchronized (waiting) {
            var edits = new ArrayList<Edit>();
            waiting.forEach(entry -> entry.edit().ifPresent(edits::add));
            return edits;
        }
    }

    SaveState state() {
        synchronized (waiting) {
            int count = waiting.size();
            if (count == 0) {
                return SaveState.SAVED;
            }
            return problem.<SaveState>map(reason -> new SaveState.Failing(count, reason))
                    .orElse(new SaveState.Saving(count));
        }
    }

    private void drain() {
        while (true) {
            Entry entry;
            synchronized (waiting) {
                entry = running == null ? waiting.peekFirst() : null;
                if (entry == null) {
                    return; // nothing waits, or this was called while a change is being written
                }
                running = entry;
            }
            boolean done = run(entry);
            synchronized (waiting) {
                running = null;
                if (done) {
                    waiting.removeFirst();
                    problem = Optional.empty();
                }
            }
            tell();
            if (!done) {
                return;
            }
        }
    }

    private boolean run(Entry entry) {
        try {
            entry.work().run();
            return true;
        } catch (ProblemException e) {
            if (entry.edit().isEmpty()) {
                LOG.error("Work that should report its own failure: {}", e.getMessage());
                return true;
            }
            LOG.warn("Not saved: {}", e.getMessage());
            synchronized (waiting) {
                problem = Optional.of(e.problem());
            }
            return false;
        } catch (RuntimeException e) {
            LOG.warn("A change was refused", e);
            entry.refused().accept(e);
            return true;
        }
    }

    private void tell() {
        listener.accept(state());
    }
}
