package org.palimpsest.ui.support;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectLines;

/// The images of the project that the person looks through, as filtered and ordered now.
///
/// The first images are there at once and the others follow. An image that does not fit the filter any more stays in its
/// place until something else is asked for, so that nothing vanishes from under a person's hands.
///
/// Confined to the interface's thread.
public final class ImageList {
    private static final int FIRST_PAGE = 200;
    private static final int PAGE = 5_000;

    private final TaskRunner tasks;
    private final ImageSorter sorter;
    private final ObservableList<ImagePage.Line> lines = FXCollections.observableArrayList();
    // Kept, because it hears of changes through a weak reference only.
    private final ObservableList<ImagePage.Line> visibleLines =
            FXCollections.unmodifiableObservableList(lines);
    private final Map<ImageId, Integer> places = new HashMap<>();
    private boolean placesKnown;
    private final ReadOnlyObjectWrapper<ImageQuery> query =
            new ReadOnlyObjectWrapper<>(ImageQuery.ALL);
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    private @Nullable Project project;
    private Optional<ImageId> like = Optional.empty();
    private TaskRunner.@Nullable Job job;
    private final Set<ImageId> outdated = new LinkedHashSet<>();
    private boolean refreshing;

    ImageList(TaskRunner tasks, ImageSorter sorter) {
        this.tasks = tasks;
        this.sorter = sorter;
        lines.addListener(
                (ListChangeListener<ImagePage.Line>)
                        change -> {
                            while (change.next()) {
                                boolean onlyReplaced =
                                        change.wasReplaced()
                                                && change.getRemovedSize() == change.getAddedSize();
                                placesKnown &= onlyReplaced && change.getAddedSize() == 1;
                            }
                        });
    }

    /// Shows the images of another project, all of them, or none.
    void use(@Nullable Project opened) {
        project = opened;
        like = Optional.empty();
        query.set(ImageQuery.ALL);
        reload();
    }

    /// Shows other images, or in another order.
    public void ask(ImageQuery asked) {
        query.set(asked);
        reload();
    }

    /// Asks again for what was asked.
    public void reload() {
        if (job != null) {
            job.cancel();
        }
        outdated.clear();
        refreshing = false;
        problem.set(Optional.empty());
        var from = project;
        if (from == null) {
            lines.clear();
            loading.set(false);
            return;
        }
        loading.set(true);
        if (query.get().isAsAdded()) {
            readPage(from, ImagePage.START, new ArrayList<>());
        } else {
            readSorted(from, query.get());
        }
    }

    /// @param before what was read already; the first page is shown at once, the others together at the end
    private void readPage(Project from, long next, List<ImagePage.Line> before) {
        var filter = query.get().filter();
        int size = next == ImagePage.START ? FIRST_PAGE : PAGE;
        job =
                tasks.run(
                        Texts.get("support.job.list"),
                        _ -> from.page(filter, next, size),
                        page -> {
                            before.addAll(page.images());
                            boolean last = page.next() == ImagePage.END;
                            if (next == ImagePage.START) {
                                lines.setAll(page.images());
                            } else if (last) {
                                lines.addAll(before.subList(lines.size(), before.size()));
                            }
                            if (last) {
                                loading.set(false);
                                refreshOutdated();
                            } else {
                                readPage(from, page.next(), before);
                            }
                        },
                        this::fail);
    }

    private void readSorted(Project from, ImageQuery asked) {
        var likeThis = like;
        job =
                tasks.run(
                        Texts.get("support.job.list"),
                        progress -> {
                            var found = readAll(from, asked, progress);
                            var sorted =
                                    asked.order() == ImageOrder.ADDED
                                            ? found
                                            : sorter.sort(
                                                    from, found, asked.order(), likeThis, progress);
                            return asked.descending() ? sorted.reversed() : sorted;
                        },
                        sorted -> {
                            lines.setAll(sorted);
                            loading.set(false);
                            refreshOutdated();
                        },
                        this::fail);
    }

    private static List<ImagePage.Line> readAll(Project from, ImageQuery asked, Progress progress)
            throws ProblemException {
        var found = new ArrayList<ImagePage.Line>();
        long next = ImagePage.START;
        while (next != ImagePage.END && !progress.isCancelled()) {
            var page = from.page(asked.filter(), next, PAGE);
            found.addAll(page.images());
            next = page.next();
        }
        return found;
    }

    private void fail(Problem reason) {
        loading.set(false);
        problem.set(Optional.of(reason));
    }

    /// These images have changed in the project: their lines are read anew.
    void changed(Collection<ImageId> images) {
        outdated.addAll(images);
        if (!loading.get()) {
            refreshOutdated();
        }
    }

    private void refreshOutdated() {
        var from = project;
        if (from == null || outdated.isEmpty() || refreshing) {
            return;
        }
        refreshing = true;
        var ids = List.copyOf(outdated);
        outdated.clear();
        tasks.run(
                Texts.get("support.job.list"),
                _ -> ProjectLines.of(from, ids),
                now -> {
                    if (from == project) {
                        replace(ids, now);
                    }
                    refreshing = false;
                    refreshOutdated();
                },
                reason -> {
                    refreshing = false;
                    problem.set(Optional.of(reason));
                });
    }

    private void replace(List<ImageId> ids, List<ImagePage.Line> now) {
        var byId = new LinkedHashMap<ImageId, ImagePage.Line>();
        now.forEach(line -> byId.put(line.image().id(), line));
        var gone = new LinkedHashSet<ImageId>();
        boolean isNew = false;
        for (var id : ids) {
            int place = indexOf(id);
            var line = byId.get(id);
            if (line == null) {
                gone.add(id);
            } else if (place < 0) {
                isNew = true;
            } else if (!line.equals(lines.get(place))) {
                lines.set(place, line);
            }
        }
        if (!gone.isEmpty()) {
            lines.removeIf(line -> gone.contains(line.image().id()));
        }
        if (isNew) {
            reload();
        }
    }

    /// Where an image stands in the list; -1 if it is not there.
    public int indexOf(ImageId id) {
        if (!placesKnown) {
            places.clear();
            for (int i = 0; i < lines.size(); i++) {
                places.put(lines.get(i).image().id(), i);
            }
            placesKnown = true;
        }
        return places.getOrDefault(id, -1);
    }

    public Optional<ImagePage.Line> line(ImageId id) {
        int place = indexOf(id);
        return place < 0 ? Optional.empty() : Optional.of(lines.get(place));
    }

    /// The image that others are compared with where they are ordered by likeness.
    void lookLike(Optional<ImageId> image) {
        like = image;
    }

    /// The images in order, as far as they are read; not to be changed.
    public ObservableList<ImagePage.Line> lines() {
        return visibleLines;
    }

    public ImageQuery query() {
        return query.get();
    }

    public ReadOnlyObjectProperty<ImageQuery> queryProperty() {
        return query.getReadOnlyProperty();
    }

    /// Whether more images are being read.
    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    /// Why the images cannot be listed.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
