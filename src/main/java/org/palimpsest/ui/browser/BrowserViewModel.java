package org.palimpsest.ui.browser;

import de.saxsys.mvvmfx.ViewModel;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.project.ImagePage;
import org.palimpsest.ui.support.DisplayImage;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Workspace;

/// The list of images: which one is on the screen, what is said about each in a word, and its thumbnail.
///
/// Thumbnails are made elsewhere, only for what is in sight; the last ones are kept. Confined to the interface's thread.
public final class BrowserViewModel implements ViewModel {
    private static final int THUMBNAIL_SIDE = 128;
    private static final int KEPT_THUMBNAILS = 600;

    private final Workspace workspace;
    private final TaskRunner tasks;
    private final Map<ImageId, DisplayImage> thumbnails =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ImageId, DisplayImage> eldest) {
                    return size() > KEPT_THUMBNAILS;
                }
            };

    public BrowserViewModel(Workspace workspace, TaskRunner tasks) {
        this.workspace = workspace;
        this.tasks = tasks;
    }

    public ObservableList<ImagePage.Line> images() {
        return workspace.images().lines();
    }

    /// Where the image on the screen stands in the list; -1 if it does not.
    public int currentIndex() {
        var shown = workspace.currentImage();
        return shown == null ? -1 : workspace.images().indexOf(shown.id());
    }

    public ReadOnlyObjectProperty<@Nullable ImageEntry> currentProperty() {
        return workspace.currentImageProperty();
    }

    /// Puts the image on the screen, unless it is there already.
    public void show(ImageEntry image) {
        if (workspace.currentImage() != image) {
            workspace.show(image);
        }
    }

    /// What is said about the image, in a few words: `2 objects, 1 text`.
    public String summary(ImagePage.Line line) {
        int objects = line.objects();
        int texts = line.texts();
        if (objects + texts == 0) {
            return "";
        }
        var words = objects == 0 ? "" : count(objects, "object");
        return texts == 0 ? words : words + (words.isEmpty() ? "" : ", ") + count(texts, "text");
    }

    private static String count(int number, String noun) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : noun + "s");
    }

    /// The thumbnail if it is there already.
    public Optional<DisplayImage> thumbnail(ImageEntry image) {
        return Optional.ofNullable(thumbnails.get(image.id()));
    }

    /// Makes the thumbnail and hands it over; a picture that cannot be read has none.
    public TaskRunner.Job requestThumbnail(ImageEntry image, Consumer<DisplayImage> consumer) {
        return tasks.run(
                "Thumbnail of " + image.file().getFileName(),
                _ -> DisplayImage.of(ImageFiles.thumbnail(image.file(), THUMBNAIL_SIDE)),
                thumbnail -> {
                    thumbnails.put(image.id(), thumbnail);
                    consumer.accept(thumbnail);
                },
                _ -> {});
    }
}
