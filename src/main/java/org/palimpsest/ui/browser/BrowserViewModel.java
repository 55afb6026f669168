package org.palimpsest.ui.browser;

import de.saxsys.mvvmfx.ViewModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.Split;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.problem.Problem;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ImagePage;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// The images of the project as a grid or a list: which are shown and selected, what is done with the selected ones, and
/// what a cell shows.
///
/// Confined to the interface's thread.
public final class BrowserViewModel implements ViewModel {
    static final double SMALLEST = 64;
    static final double LARGEST = 256;
    private static final double USUAL = 96;

    private final Workspace workspace;
    private final Commands commands;
    private final DialogService dialogs;
    private final FilterViewModel filter;
    private final StatisticsViewModel statistics;
    private final Thumbnails thumbnails;
    private final ImageSelection selection;
    private final SelectionActions actions;
    private final BooleanProperty grid = new SimpleBooleanProperty(true);
    private final DoubleProperty thumbnailSize = new SimpleDoubleProperty(USUAL);
    private final ReadOnlyObjectWrapper<Content> content =
            new ReadOnlyObjectWrapper<>(Content.NOTHING);
    private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper hasSelection = new ReadOnlyBooleanWrapper();
    private Runnable onFind = () -> {};

    /// What there is to see in the place of the images, or the images.
    public enum Content {
        /// The project has no images, or there is none.
        NOTHING,
        LOADING,
        /// No image fits the filter.
        NO_HITS,
        /// They could not be listed.
        PROBLEM,
        IMAGES
    }

    public BrowserViewModel(
            Workspace workspace,
            TaskRunner tasks,
            Commands commands,
            DialogService dialogs,
            ThumbnailQueue thumbnails) {
        this.workspace = workspace;
        this.commands = commands;
        this.dialogs = dialogs;
        this.filter = new FilterViewModel(workspace, dialogs);
        this.statistics = new StatisticsViewModel(workspace, tasks, filter);
        this.thumbnails = new Thumbnails(thumbnails, tasks, Thumbnails.USUAL_BYTES);
        var images = workspace.images();
        this.selection =
                new ImageSelection(
                        () -> images.lines().size(),
                        index -> images.lines().get(index).image().id(),
                        images::indexOf);
        this.actions = new SelectionActions(workspace, dialogs, filter::refreshFacets);
        workspace
                .currentImageProperty()
                .addListener((_, _, shown) -> {
                    if (shown != null) {
                        selection.follow(shown.id());
                    }
                });
        images.lines().addListener((ListChangeListener<ImagePage.Line>) _ -> decide());
        images.loadingProperty().addListener((_, _, loading) -> loaded(loading));
        images.problemProperty().addListener(_ -> decide());
        images.queryProperty().addListener(_ -> decide());
        filter.facetsProperty().addListener(_ -> decide());
        selection
                .selectedProperty()
                .addListener((_, _, selected) -> {
                    hasSelection.set(!selected.isEmpty());
                    decide();
                });
        decide();
        commands.on(Command.FIND, () -> onFind.run());
        commands.on(Command.BROWSER_LAYOUT, () -> grid.set(!grid.get()));
        commands.on(Command.STATISTICS, this::toggleStatistics);
        commands.on(Command.REMOVE_IMAGE, hasSelection(), this::removeSelected);
    }

    private void loaded(boolean loading) {
        // Not while it is read: what is selected may be among what is still to come.
        if (!loading) {
            selection.keepListed();
        }
        decide();
    }

    private void decide() {
        var images = workspace.images();
        int listed = images.lines().size();
        boolean all = images.query().filter().equals(ImageFilter.ALL);
        boolean loading = images.loadingProperty().get();
        if (listed > 0) {
            content.set(Content.IMAGES);
        } else if (images.problemProperty().get().isPresent()) {
            content.set(Content.PROBLEM);
        } else if (loading) {
            content.set(Content.LOADING);
        } else {
            content.set(all ? Content.NOTHING : Content.NO_HITS);
        }
        long total = Math.max(listed, filter.facetsProperty().get().images());
        int selected = selection.selected().size();
        String found =
                loading && listed > 0
                        ? Texts.get("browser.counting", listed)
                        : all
                                ? Texts.get("browser.count", listed)
                                : Texts.get("browser.hits", listed, total);
        count.set(
                selected > 1
                        ? Texts.get("browser.countSelected", found, selected)
                        : listed == 0 && all ? "" : found);
    }

    /// The images in order.
    public ObservableList<ImagePage.Line> images() {
        return workspace.images().lines();
    }

    public ReadOnlyObjectProperty<@Nullable ImageEntry> currentProperty() {
        return workspace.currentImageProperty();
    }

    /// The place of the image on the screen; negative where it is not in the list.
    public int currentIndex() {
        var shown = workspace.currentImage();
        return shown == null ? -1 : workspace.images().indexOf(shown.id());
    }

    /// Chooses an image by mouse or keys; one alone is put on the screen.
    void choose(int index, ImageSelection.Extension extension) {
        if (index < 0 || index >= images().size()) {
            return;
        }
        selection.choose(index, extension);
        if (extension == ImageSelection.Extension.ALONE) {
            show(images().get(index).image());
        }
    }

    /// Puts the image with the keyboard on the screen.
    void showLead() {
        int lead = selection.leadIndex();
        if (lead >= 0) {
            show(images().get(lead).image());
        }
    }

    private void show(ImageEntry image) {
        var shown = workspace.currentImage();
        if (shown == null || !shown.id().equals(image.id())) {
            workspace.show(image);
        }
    }

    /// The next image from the one with the keyboard on whose name begins so; negative where there is none.
    int find(String prefix, boolean next) {
        int size = images().size();
        int from = Math.max(0, selection.leadIndex()) + (next ? 1 : 0);
        String wanted = prefix.toLowerCase(Locale.ROOT);
        for (int i = 0; i < size; i++) {
            int index = (from + i) % size;
            var name = String.valueOf(images().get(index).image().file().getFileName());
            if (name.toLowerCase(Locale.ROOT).startsWith(wanted)) {
                return index;
            }
        }
        return -1;
    }

    /// The selected images in the order of the list, for whoever works on them.
    public List<ImageId> selectedIds() {
        return selection.inOrder();
    }

    public ReadOnlyObjectProperty<Set<ImageId>> selectedProperty() {
        return selection.selectedProperty();
    }

    /// Whether an image is selected.
    public ReadOnlyBooleanProperty hasSelection() {
        return hasSelection.getReadOnlyProperty();
    }

    void setState(ImageState state) {
        actions.setState(selectedIds(), state);
    }

    void setSplit(Split split) {
        actions.setSplit(selectedIds(), split);
    }

    void addTag(String tag) {
        actions.addTag(selectedIds(), tag);
    }

    void removeTag(String tag) {
        actions.removeTag(selectedIds(), tag);
    }

    /// Asks for a tag and adds it.
    void addNewTag() {
        dialogs.askForText(Texts.get("browser.newTag"), Texts.get("browser.newTag.name"), "")
                .map(String::strip)
                .filter(Label::isName)
                .ifPresent(this::addTag);
    }

    void removeSelected() {
        actions.remove(selectedIds());
    }

    /// The tags that a selected image has.
    List<String> tagsOfSelected() {
        var tagged = filter.facetsProperty().get().tagged();
        return selection.selected().stream()
                .flatMap(id -> tagged.getOrDefault(id, List.of()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    List<String> tags(ImageId image) {
        return filter.facetsProperty().get().tagged().getOrDefault(image, List.of());
    }

    /// What is said about the image, in a few words: `2 objects, 1 text`.
    static String summary(ImagePage.Line line) {
        if (line.objects() == 0 && line.texts() == 0) {
            return "";
        }
        return line.texts() == 0
                ? Texts.get("browser.objects", line.objects())
                : line.objects() == 0
                        ? Texts.get("browser.texts", line.texts())
                        : Texts.get("browser.both", line.objects(), line.texts());
    }

    Optional<Thumbnails.Shown> thumbnail(ImageEntry image) {
        return thumbnails.ready(image.file());
    }

    ThumbnailQueue.Request requestThumbnail(ImageEntry image, Consumer<Thumbnails.Shown> consumer) {
        return thumbnails.request(image.file(), consumer);
    }

    /// Tries again what was not there, and learns what has changed.
    ///
    /// @return whether thumbnails are to be asked for anew
    boolean lookAgain() {
        filter.refreshFacetsIfOld();
        statistics.refreshIfOld();
        return thumbnails.forgetMissing();
    }

    /// Frees the memory of thumbnails; they are asked for again.
    void forgetThumbnails() {
        thumbnails.clear();
    }

    private void toggleStatistics() {
        statistics.showingProperty().set(!statistics.showingProperty().get());
    }

    /// Tries to list the images again.
    void reload() {
        workspace.images().reload();
    }

    /// Says what puts the text cursor into the filter.
    void onFind(Runnable run) {
        onFind = run;
    }

    Commands commands() {
        return commands;
    }

    ImageSelection selection() {
        return selection;
    }

    public FilterViewModel filter() {
        return filter;
    }

    public StatisticsViewModel statistics() {
        return statistics;
    }

    /// Whether images are shown side by side, or one below the other.
    public BooleanProperty gridProperty() {
        return grid;
    }

    /// The side of a thumbnail in the grid.
    public DoubleProperty thumbnailSizeProperty() {
        return thumbnailSize;
    }

    public ReadOnlyObjectProperty<Content> contentProperty() {
        return content.getReadOnlyProperty();
    }

    /// How many images there are, in words.
    public ReadOnlyStringProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    /// Why the images could not be listed, in words.
    String problem() {
        return workspace.images().problemProperty().get().map(Problem::oneLine).orElse("");
    }
}
