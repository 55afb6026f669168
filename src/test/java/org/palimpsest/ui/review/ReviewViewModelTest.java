package org.palimpsest.ui.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.geometry.Box;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.ImageOrder;
import org.palimpsest.ui.support.ImageQuery;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class ReviewViewModelTest {
    private static final Box BOX = new Box(10, 20, 110, 70);

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(new ImmediateTaskRunner(), dialogs);
    private final Commands commands = new Commands();
    private Instant now = Samples.NOW;
    private final ReviewViewModel review =
            new ReviewViewModel(workspace, commands, dialogs, () -> now);
    private final List<ImageEntry> images = Samples.entries(4);

    @BeforeEach
    void open() {
        Samples.open(workspace, images);
    }

    private void propose(int image, double... scores) {
        var proposed = new ArrayList<Annotation>();
        for (var score : scores) {
            proposed.add(
                    ObjectAnnotation.of(
                            "cat",
                            BOX,
                            new Provenance.Predicted("toy", "detect cat", score, Samples.NOW)));
        }
        workspace.propose(images.get(image).id(), "detect cat", proposed);
    }

    private List<ReviewState> states() {
        return workspace.current().annotations().stream().map(Annotation::review).toList();
    }

    private int shown() {
        return images.indexOf(workspace.currentImage());
    }

    @Test
    void doneAcceptsWhatNobodyLookedAtAndGoesOnAsOneStep() {
        propose(0, 0.9, 0.2);
        commands.run(Command.DONE_AND_NEXT);
        assertThat(shown()).isEqualTo(1);
        workspace.step(-1);
        assertThat(states()).containsExactly(ReviewState.ACCEPTED, ReviewState.ACCEPTED);
        assertThat(review.stateProperty().get()).contains(ImageState.DONE);
        workspace.undo();
        assertThat(states()).containsExactly(ReviewState.UNREVIEWED, ReviewState.UNREVIEWED);
        assertThat(review.stateProperty().get()).contains(ImageState.PREDICTED);
    }

    @Test
    void nothingHereRejectsPredictions() {
        propose(0, 0.9);
        commands.run(Command.EMPTY_AND_NEXT);
        assertThat(shown()).isEqualTo(1);
        assertThat(dialogs.questions).isEmpty();
        workspace.step(-1);
        assertThat(states()).containsExactly(ReviewState.REJECTED);
        assertThat(review.stateProperty().get()).contains(ImageState.EMPTY);
    }

    @Test
    void nothingHereAsksWhereAPersonDrewSomething() {
        var drawn = Samples.addBox(workspace, "cat", BOX);
        dialogs.confirms = false;
        commands.run(Command.EMPTY_AND_NEXT);
        assertThat(shown()).isZero();
        assertThat(workspace.current().annotations()).containsExactly(drawn);
        dialogs.confirms = true;
        commands.run(Command.EMPTY_AND_NEXT);
        workspace.step(-1);
        assertThat(workspace.current().annotations()).isEmpty();
        workspace.undo();
        assertThat(workspace.current().annotations()).containsExactly(drawn);
    }

    @Test
    void anImageIsRejectedWithAReasonAndReopened() {
        commands.run(Command.REJECT_IMAGE);
        assertThat(shown()).isZero();
        dialogs.text = Optional.of("blurred");
        commands.run(Command.REJECT_IMAGE);
        assertThat(shown()).isEqualTo(1);
        assertThat(commands.run(Command.REOPEN_IMAGE)).isFalse();
        workspace.step(-1);
        assertThat(workspace.current().details().notes()).isEqualTo("blurred");
        assertThat(review.stateProperty().get()).contains(ImageState.REJECTED);
        assertThat(commands.run(Command.REOPEN_IMAGE)).isTrue();
        assertThat(review.stateProperty().get()).contains(ImageState.IN_PROGRESS);
    }

    @Test
    void theLeastSureImageComesFirstAndFinishedOnesNot() {
        propose(0, 0.9);
        propose(1, 0.2);
        propose(2, 0.6);
        workspace.show(images.get(3));
        commands.run(Command.DONE_AND_NEXT);

        commands.run(Command.REVIEW_MODE);

        assertThat(review.queue().stream().map(line -> images.indexOf(line.image())))
                .containsExactly(1, 2, 0);
        assertThat(review.queue().getFirst().reasons())
                .isEqualTo("least sure 0.20 · rare label (3 objects)");
        assertThat(shown()).isEqualTo(1);
        assertThat(review.upcomingProperty().get()).containsExactly(images.get(2), images.get(0));
        assertThat(review.progressProperty().get()).isEqualTo("0 of 3 reviewed");
    }

    @Test
    void theQueueIsWalkedThroughWithItsPaceAndUndoPutsBack() {
        propose(0, 0.9);
        propose(1, 0.2);
        commands.run(Command.NEXT_IN_REVIEW);
        assertThat(shown()).isEqualTo(1);
        now = now.plusSeconds(10);
        commands.run(Command.DONE_AND_NEXT);
        assertThat(shown()).isZero();
        now = now.plusSeconds(6);
        commands.run(Command.EMPTY_AND_NEXT);
        assertThat(review.progressProperty().get()).isEqualTo("2 of 4 reviewed · 8 s per image");
        now = now.plusSeconds(3600);
        commands.run(Command.DONE_AND_NEXT);
        assertThat(review.progressProperty().get()).isEqualTo("3 of 4 reviewed · 8 s per image");
        commands.run(Command.DONE_AND_NEXT);
        assertThat(dialogs.messages).containsExactly("All images of the queue are reviewed");
        assertThat(review.upcomingProperty().get()).isEmpty();

        workspace.undo();
        assertThat(review.progressProperty().get()).startsWith("3 of 4 reviewed");
        commands.run(Command.NEXT_IN_REVIEW);
        assertThat(dialogs.messages).hasSize(2);
    }

    @Test
    void gSkipsWithoutFinishing() {
        propose(0, 0.9);
        propose(1, 0.2);
        commands.run(Command.REVIEW_MODE);
        commands.run(Command.NEXT_IN_REVIEW);
        assertThat(shown()).isZero();
        assertThat(review.finishedProperty().get()).isZero();
        commands.run(Command.REVIEW_MODE);
        assertThat(review.queue()).isEmpty();
        assertThat(review.progressProperty().get()).isEmpty();
        assertThat(review.upcomingProperty().get()).containsExactly(images.get(1), images.get(2));
    }

    @Test
    void anotherFilterIsAnotherQueue() throws Exception {
        propose(0, 0.9);
        commands.run(Command.REVIEW_MODE);
        assertThat(review.queue()).hasSize(4);
        workspace
                .images()
                .ask(new ImageQuery(ImageFilter.parse("state:predicted"), ImageOrder.ADDED, false));
        assertThat(review.queue()).hasSize(1);
        Samples.open(workspace, Samples.entries(2));
        assertThat(review.queue()).isEmpty();
        assertThat(review.activeProperty().get()).isFalse();
    }

    @Test
    void theStateIsChangedDirectly() {
        review.setState(ImageState.DONE);
        assertThat(workspace.current().details().state()).isEqualTo(ImageState.DONE);
        assertThat(shown()).isZero();
        workspace.undo();
        assertThat(workspace.current().details().state()).isEqualTo(ImageState.NEW);
    }

    @Test
    void afterTheLastImageOfTheListItIsSaid() {
        workspace.step(10);
        commands.run(Command.DONE_AND_NEXT);
        assertThat(shown()).isEqualTo(3);
        assertThat(dialogs.messages).containsExactly("This is the last image of the list");
    }
}
