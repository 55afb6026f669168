package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.ReplaceLabels;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

final class SaveQueueTest {
    private static final Problem FULL =
            new Problem("The disk is full", "p.palimpsest", "Make room");

    private final List<SaveState> states = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final SaveQueue queue = new SaveQueue(Runnable::run, states::add);
    private boolean full;

    private static Edit edit(String label) {
        return new ReplaceLabels(LabelSet.EMPTY, LabelSet.EMPTY.with(label));
    }

    private void save(String label) {
        queue.save(
                edit(label),
                () -> {
                    if (full) {
                        throw new ProblemException(FULL);
                    }
                    done.add(label);
                },
                refusal -> done.add("refused " + refusal.getMessage()));
    }

    @Test
    void whatIsWrittenIsSaidToBeSaved() {
        save("a");
        assertThat(done).containsExactly("a");
        assertThat(states).containsExactly(new SaveState.Saving(1), SaveState.SAVED);
    }

    @Test
    void nothingOvertakesWhatCannotBeWritten() {
        full = true;
        save("a");
        save("b");
        queue.then(() -> done.add("undo"));
        assertThat(done).isEmpty();
        assertThat(queue.state()).isEqualTo(new SaveState.Failing(3, FULL));

        full = false;
        queue.retry();
        assertThat(done).containsExactly("a", "b", "undo");
        assertThat(queue.state()).isEqualTo(SaveState.SAVED);
    }

    @Test
    void aReaderIsToldWhatIsNotWrittenYet() {
        full = true;
        save("a");
        save("b");
        queue.read(unwritten -> assertThat(unwritten).containsExactly(edit("a"), edit("b")));
        full = false;
        queue.retry();
        queue.read(unwritten -> done.add("read " + unwritten.size()));
        assertThat(done).containsExactly("a", "b", "read 0");
    }

    @Test
    void whatCannotBeWrittenCanBeTakenBackLastFirst() {
        full = true;
        save("a");
        save("b");
        assertThat(queue.takeBackUnwritten()).contains(edit("b"));
        assertThat(queue.takeBackUnwritten()).contains(edit("a"));
        assertThat(queue.takeBackUnwritten()).isEmpty();
        assertThat(queue.state()).isEqualTo(SaveState.SAVED);
    }

    @Test
    void whatIsOnItsWayToTheDiskIsNotTakenBackInMemory() {
        save("a");
        assertThat(queue.takeBackUnwritten()).isEmpty();
    }

    @Test
    void aRefusedEditIsToldAndTheNextOneIsWritten() {
        queue.save(
                edit("a"),
                () -> {
                    throw new IllegalStateException("not there");
                },
                refusal -> done.add("refused " + refusal.getMessage()));
        save("b");
        assertThat(done).containsExactly("refused not there", "b");
        assertThat(queue.state()).isEqualTo(SaveState.SAVED);
    }

    @Test
    void workThatIsGivenWhileAnotherIsWrittenComesAfterIt() {
        queue.then(() -> {
            done.add("first begins");
            save("second");
            done.add("first ends");
        });
        assertThat(done).containsExactly("first begins", "first ends", "second");
    }

    @Test
    void givingUpForgetsWhatCouldNotBeWritten() {
        full = true;
        save("a");
        queue.giveUp();
        queue.then(() -> done.add("closed"));
        assertThat(done).containsExactly("closed");
        assertThat(queue.state()).isEqualTo(SaveState.SAVED);
    }
}
