package org.palimpsest.ui.canvas;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.TilePyramid;
import org.palimpsest.imaging.TileSource;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.support.PictureStore;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;

/// The picture of the image on the screen: opened in the background, the one before stays until then.
///
/// Confined to the interface's thread.
final class ShownPicture {
    private final PictureStore store;
    private final TaskRunner tasks;
    private final ReadOnlyObjectWrapper<@Nullable TileSource> picture =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyLongWrapper grown = new ReadOnlyLongWrapper();
    private TaskRunner.Job job = () -> {};
    private TaskRunner.Job building = () -> {};

    ShownPicture(PictureStore store, TaskRunner tasks) {
        this.store = store;
        this.tasks = tasks;
    }

    /// Opens the picture of an image, or leaves the last one.
    void show(@Nullable ImageEntry image) {
        job.cancel();
        problem.set(Optional.empty());
        if (image == null) {
            loading.set(false);
            replace(null);
            return;
        }
        loading.set(true);
        job = store.open(image, this::opened, this::failed);
    }

    private void opened(TileSource opened) {
        loading.set(false);
        replace(opened);
        if (opened instanceof TilePyramid pyramid && !pyramid.isComplete()) {
            build(pyramid);
        }
    }

    private void failed(Problem failure) {
        loading.set(false);
        replace(null);
        problem.set(Optional.of(failure));
    }

    private void build(TilePyramid pyramid) {
        var told = new AtomicBoolean();
        building =
                tasks.run(
                        Texts.get("canvas.job.prepare"),
                        progress -> {
                            pyramid.build(
                                    progress::isCancelled,
                                    () -> {
                                        if (told.compareAndSet(false, true)) {
                                            tasks.onInterface(() -> {
                                                told.set(false);
                                                grown.set(grown.get() + 1);
                                            });
                                        }
                                    });
                            return pyramid;
                        },
                        _ -> grown.set(grown.get() + 1),
                        this::failed);
    }

    @SuppressWarnings("ReferenceEquality")
    private void replace(@Nullable TileSource next) {
        var before = picture.get();
        if (before != next) {
            building.cancel();
            picture.set(next);
            if (before != null) {
                before.close();
            }
        }
    }

    Optional<Size> size() {
        return Optional.ofNullable(picture.get()).map(shown -> shown.grid().size());
    }

    ReadOnlyObjectProperty<@Nullable TileSource> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Changes when there is more to be seen of a picture that is still being decoded.
    ReadOnlyLongProperty grownProperty() {
        return grown.getReadOnlyProperty();
    }
}
