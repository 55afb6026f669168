package org.palimpsest.ui.inspector;

import de.saxsys.mvvmfx.ViewModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.edit.Reviews;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// What a person says to a model's proposals: right or wrong, one by one, all at once, or by their score.
///
/// What was rejected stays in the image, so that the model's mistakes can be counted; it is never exported.
///
/// Confined to the interface's thread.
public final class ReviewingViewModel implements ViewModel {
    private static final double USUAL_THRESHOLD = 0.5;

    private final Workspace workspace;
    private final DialogService dialogs;
    private final ReadOnlyIntegerWrapper waiting = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper above = new ReadOnlyIntegerWrapper();
    private final ReadOnlyBooleanWrapper reviewable = new ReadOnlyBooleanWrapper();
    private final BooleanProperty askingThreshold = new SimpleBooleanProperty();
    private final DoubleProperty threshold = new SimpleDoubleProperty(USUAL_THRESHOLD);

    public ReviewingViewModel(Workspace workspace, Commands commands, DialogService dialogs) {
        this.workspace = workspace;
        this.dialogs = dialogs;
        workspace.currentProperty().addListener(_ -> count());
        workspace.selectionProperty().addListener(_ -> count());
        threshold.addListener(_ -> count());
        count();
        var any = waiting.greaterThan(0);
        commands.on(Command.ACCEPT, reviewable, () -> review(ReviewState.ACCEPTED));
        commands.on(Command.REJECT, reviewable, () -> review(ReviewState.REJECTED));
        commands.on(Command.ACCEPT_ALL, any, () -> reviewAll(ReviewState.ACCEPTED));
        commands.on(Command.REJECT_ALL, any, () -> reviewAll(ReviewState.REJECTED));
        commands.on(Command.ACCEPT_ABOVE, any, this::askOrAcceptAbove);
    }

    private void count() {
        var image = workspace.current();
        var all = image == null ? List.<Annotation>of() : Reviews.waiting(image);
        waiting.set(all.size());
        above.set((int) all.stream().filter(this::isAbove).count());
        reviewable.set(!all.isEmpty() || (image != null && !workspace.selection().isEmpty()));
        if (all.isEmpty()) {
            askingThreshold.set(false);
        }
    }

    private boolean isAbove(Annotation annotation) {
        var score = annotation.provenance().score();
        return score.isPresent() && score.getAsDouble() >= threshold.get();
    }

    /// Accepts or rejects what is selected, and selects the next proposal that waits. With nothing selected, the first
    /// one is selected, to be looked at.
    public void review(ReviewState state) {
        var image = workspace.current();
        if (image == null) {
            return;
        }
        var selection = workspace.selection();
        if (selection.isEmpty()) {
            next(image, -1, Set.of()).ifPresent(first -> workspace.select(Set.of(first)));
            return;
        }
        var chosen = new ArrayList<Annotation>();
        int last = -1;
        for (int i = 0; i < image.annotations().size(); i++) {
            var annotation = image.annotations().get(i);
            if (selection.contains(annotation.id())) {
                last = i;
                chosen.add(annotation);
            }
        }
        boolean wereWaiting = chosen.stream().anyMatch(Reviews::isWaiting);
        if (state == ReviewState.REJECTED
                && chosen.removeIf(one -> one.provenance() instanceof Provenance.Drawn)
                && chosen.isEmpty()) {
            dialogs.notify(Texts.get("inspector.drawnIsDeleted"));
            return;
        }
        var next = next(image, last, selection);
        var title = title(state, chosen.size());
        Reviews.review(image, chosen, state, title).ifPresent(workspace::apply);
        if (wereWaiting && selection.size() == 1) {
            next.ifPresent(id -> workspace.select(Set.of(id)));
        }
    }

    /// The next one that waits after a place, going round.
    private static Optional<AnnotationId> next(
            AnnotatedImage image, int after, Set<AnnotationId> except) {
        var all = image.annotations();
        for (int i = 1; i <= all.size(); i++) {
            var annotation = all.get((after + i) % all.size());
            if (Reviews.isWaiting(annotation) && !except.contains(annotation.id())) {
                return Optional.of(annotation.id());
            }
        }
        return Optional.empty();
    }

    /// Accepts or rejects all proposals of the image that wait.
    public void reviewAll(ReviewState state) {
        reviewWaiting(_ -> true, state);
    }

    /// The first time shows the choice of a score, the second time accepts by it.
    private void askOrAcceptAbove() {
        if (askingThreshold.get()) {
            acceptAbove();
        } else {
            askingThreshold.set(true);
        }
    }

    /// Accepts the proposals whose score is not below the threshold.
    public void acceptAbove() {
        askingThreshold.set(false);
        reviewWaiting(this::isAbove, ReviewState.ACCEPTED);
    }

    private void reviewWaiting(Predicate<Annotation> which, ReviewState state) {
        var image = workspace.current();
        if (image == null) {
            return;
        }
        var chosen = Reviews.waiting(image).stream().filter(which).toList();
        var title = title(state, chosen.size());
        Reviews.review(image, chosen, state, title)
                .ifPresent(edit -> {
                    workspace.apply(edit);
                    dialogs.notify(
                            Texts.get(
                                    state == ReviewState.ACCEPTED
                                            ? "inspector.accepted"
                                            : "inspector.rejected",
                                    chosen.size()),
                            Texts.get("command.UNDO"),
                            () -> undo(title));
                });
    }

    /// Takes the step back that the notice was about, if it is still the last one.
    private void undo(String title) {
        if (workspace.undoTitleProperty().get().equals(title)) {
            workspace.undo();
        } else {
            dialogs.notify(Texts.get("inspector.notLast"));
        }
    }

    private static String title(ReviewState state, int count) {
        return Texts.get("inspector.step." + state.name(), count);
    }

    /// How many proposals of the image wait for a person.
    public ReadOnlyIntegerProperty waitingProperty() {
        return waiting.getReadOnlyProperty();
    }

    /// How many of them have a score that is not below the threshold.
    public ReadOnlyIntegerProperty aboveProperty() {
        return above.getReadOnlyProperty();
    }

    /// Whether anything can be accepted or rejected.
    public ReadOnlyBooleanProperty reviewableProperty() {
        return reviewable.getReadOnlyProperty();
    }

    /// Whether the choice of a score is shown.
    public BooleanProperty askingThresholdProperty() {
        return askingThreshold;
    }

    /// From which score on proposals are accepted, 0 to 1.
    public DoubleProperty thresholdProperty() {
        return threshold;
    }
}
