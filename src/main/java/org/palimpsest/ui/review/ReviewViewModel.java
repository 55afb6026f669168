package org.palimpsest.ui.review;

import de.saxsys.mvvmfx.ViewModel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// How far the image on the screen is, and which one a person should look at next.
///
/// In review mode the images that nobody is done with come in the order of what is most worth looking at; else in that of
/// the list.
///
/// Confined to the interface's thread.
public final class ReviewViewModel implements ViewModel {
    private static final int PREFETCHED = 2;

    private final Workspace workspace;
    private final DialogService dialogs;
    private final ReviewPace pace;
    private final ObservableList<ReviewLine> queue = FXCollections.observableArrayList();
    // Kept, because it hears of changes through a weak reference only.
    private final ObservableList<ReviewLine> visibleQueue =
            FXCollections.unmodifiableObservableList(queue);
    private final Map<ImageId, Integer> places = new HashMap<>();
    private final ReadOnlyBooleanWrapper active = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ranking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper finished = new ReadOnlyIntegerWrapper();
    private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<ImageState>> state =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper finishedNow = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<List<ImageEntry>> upcoming =
            new ReadOnlyObjectWrapper<>(List.of());
    private int asked;

    /// @param clock tells how long an image takes
    public ReviewViewModel(
            Workspace workspace, Commands commands, DialogService dialogs, InstantSource clock) {
        this.workspace = workspace;
        this.dialogs = dialogs;
        this.pace = new ReviewPace(clock);
        workspace.currentProperty().addListener((_, _, image) -> show(image));
        workspace.currentImageProperty().addListener(_ -> showUpcoming());
        workspace.openProjectProperty().addListener(_ -> leave());
        workspace
                .images()
                .queryProperty()
                .addListener(_ -> {
                    if (active.get()) {
                        rank(false);
                    }
                });
        workspace.images().lines().addListener((Observable _) -> showUpcoming());
        var hasImage = workspace.currentProperty().isNotNull();
        commands.on(Command.DONE_AND_NEXT, hasImage, this::doneAndNext);
        commands.on(Command.EMPTY_AND_NEXT, hasImage, this::emptyAndNext);
        commands.on(Command.REJECT_IMAGE, hasImage, this::rejectImage);
        commands.on(Command.REOPEN_IMAGE, finishedNow, this::reopen);
        var hasProject = workspace.currentImageProperty().isNotNull();
        commands.on(Command.NEXT_IN_REVIEW, hasProject, this::nextInReview);
        commands.on(Command.REVIEW_MODE, hasProject, this::toggle);
        show(workspace.current());
        showUpcoming();
    }

    private void leave() {
        asked++;
        active.set(false);
        ranking.set(false);
        fill(List.of());
    }

    private void show(@Nullable AnnotatedImage image) {
        var now = Optional.ofNullable(image).map(one -> one.details().state());
        state.set(now);
        finishedNow.set(now.filter(ReviewEdits::isFinished).isPresent());
        if (image != null) {
            mark(image.image().id(), finishedNow.get());
        }
    }

    private void mark(ImageId id, boolean isFinished) {
        var place = places.get(id);
        if (place != null && queue.get(place).finished() != isFinished) {
            finished.set(finished.get() + (isFinished ? 1 : -1));
            queue.set(place, queue.get(place).withFinished(isFinished));
            showProgress();
            showUpcoming();
        }
    }

    private void showProgress() {
        if (!active.get()) {
            progress.set("");
            return;
        }
        var seconds = pace.secondsPerImage();
        var done = Texts.get("review.progress", finished.get(), queue.size());
        progress.set(
                seconds.isPresent()
                        ? done + " · " + Texts.get("review.pace", seconds.getAsLong())
                        : done);
    }

    /// Begins or ends review mode.
    public void toggle() {
        if (active.get()) {
            leave();
            showProgress();
            showUpcoming();
        } else {
            active.set(true);
            rank(true);
        }
    }

    /// @param show whether the first image is put on the screen
    private void rank(boolean show) {
        int number = ++asked;
        ranking.set(true);
        var filter = workspace.images().query().filter();
        workspace.<List<ReviewLine>>read(
                Texts.get("review.job"),
                (project, _) -> ReviewOrder.of(project, filter),
                lines -> {
                    if (number == asked) {
                        ranking.set(false);
                        fill(lines);
                        pace.begin();
                        showProgress();
                        if (show && !lines.isEmpty()) {
                            workspace.show(lines.getFirst().image());
                        }
                    }
                },
                problem -> failed(number, problem));
    }

    private void failed(int number, Problem problem) {
        if (number == asked) {
            leave();
            dialogs.show(problem);
        }
    }

    private void fill(List<ReviewLine> lines) {
        places.clear();
        for (int i = 0; i < lines.size(); i++) {
            places.put(lines.get(i).image().id(), i);
        }
        finished.set(0);
        queue.setAll(lines);
        showUpcoming();
    }

    /// Goes to the next image of the queue that waits; begins review mode where it is off.
    public void nextInReview() {
        if (!active.get()) {
            toggle();
            return;
        }
        next();
    }

    private void next() {
        if (!active.get()) {
            if (!workspace.images().lines().isEmpty() && isLast()) {
                dialogs.notify(Texts.get("review.last"));
            }
            workspace.step(1);
            return;
        }
        var following = following(1);
        if (following.isEmpty()) {
            dialogs.notify(Texts.get("review.end"));
        } else {
            workspace.show(following.getFirst());
        }
    }

    private boolean isLast() {
        var shown = workspace.currentImage();
        return shown != null
                && workspace.images().indexOf(shown.id()) == workspace.images().lines().size() - 1;
    }

    /// The next images of the queue that wait, going round.
    private List<ImageEntry> following(int count) {
        var shown = workspace.currentImage();
        int at = shown == null ? -1 : places.getOrDefault(shown.id(), -1);
        var found = new ArrayList<ImageEntry>();
        for (int i = 1; i <= queue.size() && found.size() < count; i++) {
            var line = queue.get((at + i) % queue.size());
            boolean isShown = shown != null && line.image().id().equals(shown.id());
            if (!line.finished() && !isShown) {
                found.add(line.image());
            }
        }
        return found;
    }

    private void showUpcoming() {
        if (active.get()) {
            upcoming.set(following(PREFETCHED));
            return;
        }
        var shown = workspace.currentImage();
        var lines = workspace.images().lines();
        int at = shown == null ? -1 : workspace.images().indexOf(shown.id());
        var next = new ArrayList<ImageEntry>();
        for (int i = at + 1; i < lines.size() && next.size() < PREFETCHED; i++) {
            next.add(lines.get(i).image());
        }
        upcoming.set(List.copyOf(next));
    }

    /// Says that everything in the image is right, which accepts what nobody looked at, and goes on.
    public void doneAndNext() {
        finish(Optional.ofNullable(workspace.current()).map(ReviewEdits::done));
    }

    /// Says that there is nothing to annotate, and goes on. Asks where a person drew or accepted something.
    public void emptyAndNext() {
        var image = workspace.current();
        if (image == null) {
            return;
        }
        int kept = ReviewEdits.kept(image).size();
        if (kept == 0
                || dialogs.confirm(
                        Texts.get("review.empty.title"),
                        Texts.get("review.empty.question", kept),
                        Texts.get("review.empty.action"))) {
            finish(Optional.of(ReviewEdits.empty(image)));
        }
    }

    /// Says that the image does not belong into the data set, asks why, and goes on.
    public void rejectImage() {
        var image = workspace.current();
        if (image != null) {
            dialogs.askForText(
                            Texts.get("review.reject.title"),
                            Texts.get("review.reject.question"),
                            "")
                    .ifPresent(reason ->
                            finish(Optional.of(ReviewEdits.rejected(image, reason.strip()))));
        }
    }

    private void finish(Optional<List<Edit>> edits) {
        edits.ifPresent(all -> {
            all.forEach(workspace::apply);
            pace.finish();
            showProgress();
            next();
        });
    }

    /// Work on the image goes on.
    public void reopen() {
        setState(ImageState.IN_PROGRESS);
    }

    /// Says how far the image is.
    public void setState(ImageState chosen) {
        workspace.changeDetails(details -> details.withState(chosen));
    }

    /// Puts an image of the queue on the screen.
    public void show(ReviewLine line) {
        var shown = workspace.currentImage();
        if (shown == null || !shown.id().equals(line.image().id())) {
            workspace.show(line.image());
        }
    }

    /// Where the image on the screen stands in the queue; -1 if it is not in it.
    int placeOfCurrent() {
        var shown = workspace.currentImage();
        return shown == null ? -1 : places.getOrDefault(shown.id(), -1);
    }

    /// The images to look through, in review mode; not to be changed.
    public ObservableList<ReviewLine> queue() {
        return visibleQueue;
    }

    /// Whether the next image is the next one of the queue.
    public ReadOnlyBooleanProperty activeProperty() {
        return active.getReadOnlyProperty();
    }

    /// Whether the order is being worked out.
    public ReadOnlyBooleanProperty rankingProperty() {
        return ranking.getReadOnlyProperty();
    }

    /// How many images of the queue are finished.
    public ReadOnlyIntegerProperty finishedProperty() {
        return finished.getReadOnlyProperty();
    }

    /// `12 of 40 reviewed · 8 s per image`; empty outside of review mode.
    public ReadOnlyStringProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// How far the image on the screen is; empty if there is none.
    public ReadOnlyObjectProperty<Optional<ImageState>> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// The image on the screen, for a list that shows where it is.
    public ReadOnlyObjectProperty<@Nullable ImageEntry> currentImageProperty() {
        return workspace.currentImageProperty();
    }

    /// The next two images, which should be ready before they are asked for.
    public ReadOnlyObjectProperty<List<ImageEntry>> upcomingProperty() {
        return upcoming.getReadOnlyProperty();
    }
}
