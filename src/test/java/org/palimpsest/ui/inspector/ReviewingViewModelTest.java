package org.palimpsest.ui.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.geometry.Box;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class ReviewingViewModelTest {
    private static final Box BOX = new Box(10, 20, 110, 70);

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(new ImmediateTaskRunner(), dialogs);
    private final Commands commands = new Commands();
    private final ReviewingViewModel reviewing =
            new ReviewingViewModel(workspace, commands, dialogs);

    @BeforeEach
    void open() {
        Samples.open(workspace, Samples.entries(2));
    }

    private List<Annotation> propose(double... scores) {
        var proposed = new ArrayList<Annotation>();
        for (var score : scores) {
            proposed.add(
                    ObjectAnnotation.of(
                            "cat",
                            BOX,
                            new Provenance.Predicted("toy", "detect cat", score, Samples.NOW)));
        }
        workspace.propose(workspace.currentImage().id(), "detect cat", proposed);
        return proposed;
    }

    private List<ReviewState> states() {
        return workspace.current().annotations().stream().map(Annotation::review).toList();
    }

    @Test
    void oneKeyAfterTheOtherGoesThroughAllProposals() {
        var all = propose(0.9, 0.5, 0.3);
        commands.run(Command.ACCEPT);
        assertThat(workspace.selection()).containsExactly(all.get(0).id());
        assertThat(states()).containsOnly(ReviewState.UNREVIEWED);

        commands.run(Command.ACCEPT);
        assertThat(workspace.selection()).containsExactly(all.get(1).id());
        commands.run(Command.REJECT);
        commands.run(Command.ACCEPT);

        assertThat(states())
                .containsExactly(ReviewState.ACCEPTED, ReviewState.REJECTED, ReviewState.ACCEPTED);
        assertThat(reviewing.waitingProperty().get()).isZero();
        assertThat(commands.enabled(Command.ACCEPT_ALL).get()).isFalse();
        workspace.undo();
        assertThat(states())
                .containsExactly(
                        ReviewState.ACCEPTED, ReviewState.REJECTED, ReviewState.UNREVIEWED);
    }

    @Test
    void allAtOnceIsOneStepThatTheNoticeTakesBack() {
        propose(new double[100]);
        var before = workspace.current();
        commands.run(Command.REJECT_ALL);
        assertThat(states()).hasSize(100).containsOnly(ReviewState.REJECTED);
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("reject 100 annotations");
        assertThat(dialogs.messages).containsExactly("100 predictions rejected");

        dialogs.actions.getFirst().run();
        assertThat(workspace.current()).isEqualTo(before);
    }

    @Test
    void aNoticeThatIsLateUndoesNothingElse() {
        propose(0.9);
        commands.run(Command.ACCEPT_ALL);
        Samples.addBox(workspace, "dog", BOX);
        dialogs.actions.getFirst().run();
        assertThat(workspace.current().annotations()).hasSize(2);
        assertThat(dialogs.messages).last().asString().startsWith("Other steps came later");
    }

    @Test
    void theNumberThatAScoreAcceptsIsCountedBeforehand() {
        propose(0.9, 0.5, 0.3, 0.1);
        commands.run(Command.ACCEPT_ABOVE);
        assertThat(reviewing.askingThresholdProperty().get()).isTrue();
        assertThat(reviewing.aboveProperty().get()).isEqualTo(2);
        reviewing.thresholdProperty().set(0.3);
        assertThat(reviewing.aboveProperty().get()).isEqualTo(3);

        commands.run(Command.ACCEPT_ABOVE);

        assertThat(states())
                .containsExactly(
                        ReviewState.ACCEPTED,
                        ReviewState.ACCEPTED,
                        ReviewState.ACCEPTED,
                        ReviewState.UNREVIEWED);
        assertThat(reviewing.askingThresholdProperty().get()).isFalse();
    }

    @Test
    void whatAPersonDrewIsNotRejected() {
        var drawn = Samples.addBox(workspace, "cat", BOX);
        workspace.select(Set.of(drawn.id()));
        commands.run(Command.REJECT);
        assertThat(workspace.current().annotations()).containsExactly(drawn);
        assertThat(dialogs.messages).hasSize(1);
    }

    @Test
    void withoutProposalsAndSelectionNothingCanBeReviewed() {
        assertThat(commands.run(Command.ACCEPT)).isFalse();
        Samples.addBox(workspace, "cat", BOX);
        assertThat(commands.run(Command.ACCEPT)).isFalse();
        assertThat(commands.run(Command.REJECT_ALL)).isFalse();
    }
}
