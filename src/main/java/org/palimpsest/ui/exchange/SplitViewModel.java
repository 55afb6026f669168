package org.palimpsest.ui.exchange;

import de.saxsys.mvvmfx.ViewModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.dataset.split.SplitOptions;
import org.palimpsest.imaging.PerceptualHash;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectSplits;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.Asking;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ProjectWork;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Divides the images of the open project into training, validation and test: how they are divided now, how they would
/// be, and what of them would leak from one part into another.
///
/// Confined to the interface's thread.
public final class SplitViewModel implements ViewModel {
    private final Workspace workspace;
    private final Asking asking;
    private final DialogService dialogs;
    private final TaskRunner tasks;

    private final BooleanProperty showing = new SimpleBooleanProperty();
    private final ObjectProperty<Shares> shares = new SimpleObjectProperty<>(Shares.USUAL);
    private final StringProperty seed = new SimpleStringProperty("0");
    private final ObjectProperty<SplitOptions.Mode> mode =
            new SimpleObjectProperty<>(SplitOptions.Mode.STRATIFIED);
    private final BooleanProperty alikeTogether = new SimpleBooleanProperty(true);
    private final BooleanProperty foldersTogether = new SimpleBooleanProperty();
    private final BooleanProperty anew = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<SplitPreview>> preview =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private @Nullable SplitData data;
    private boolean planning;
    private boolean outdated;
    private int asked;
    private Runnable onDivided = () -> {};
    private Runnable onImageShown = () -> {};

    public SplitViewModel(
            Workspace workspace,
            Asking asking,
            DialogService dialogs,
            TaskRunner tasks,
            Commands commands) {
        this.workspace = workspace;
        this.asking = asking;
        this.dialogs = dialogs;
        this.tasks = tasks;
        for (var choice : List.of(shares, seed, mode, alikeTogether, foldersTogether, anew)) {
            choice.addListener(_ -> plan());
        }
        workspace.onChange(_ -> {
            if (showing.get() && !busy.get()) {
                read();
            }
        });
        commands.on(Command.SPLITS, workspace.currentImageProperty().isNotNull(), this::begin);
    }

    /// What else is to be done after images got other parts.
    public void onDivided(Runnable action) {
        onDivided = action;
    }

    /// What else is to be done when an image is put on the screen, such as to make room for it.
    public void onImageShown(Runnable action) {
        onImageShown = action;
    }

    /// Shows how the images are divided.
    public void begin() {
        if (workspace.project().isPresent()) {
            showing.set(true);
            read();
        }
    }

    private void read() {
        int number = ++asked;
        data = null;
        preview.set(Optional.empty());
        problem.set(Optional.empty());
        busy.set(true);
        showReady();
        workspace.<SplitData>read(
                Texts.get("exchange.splits.job.read"),
                (project, _) -> SplitData.of(project),
                found -> {
                    if (number == asked) {
                        data = found;
                        busy.set(false);
                        plan();
                    }
                },
                wrong -> {
                    if (number == asked) {
                        failed(wrong);
                    }
                });
    }

    private void failed(Problem wrong) {
        busy.set(false);
        problem.set(Optional.of(wrong));
        showReady();
    }

    /// Finds out what the choices lead to; while that is being found out, only the latest choices are remembered.
    private void plan() {
        var images = data;
        var options = options();
        if (images == null) {
            return;
        }
        if (options.isEmpty()) {
            preview.set(Optional.empty());
            showReady();
            return;
        }
        if (planning) {
            outdated = true;
            return;
        }
        planning = true;
        boolean folders = foldersTogether.get();
        int number = asked;
        tasks.<SplitPreview>run(
                Texts.get("exchange.splits.job.plan"),
                _ -> SplitPreview.of(images, options.get(), folders),
                now -> {
                    if (number == asked) {
                        preview.set(Optional.of(now));
                        showReady();
                    }
                    planned();
                },
                wrong -> {
                    failed(wrong);
                    planned();
                });
    }

    private void planned() {
        planning = false;
        if (outdated) {
            outdated = false;
            plan();
        }
    }

    private void showReady() {
        ready.set(!busy.get() && preview.get().filter(now -> now.changes() > 0).isPresent());
    }

    /// Empty where the seed is no number.
    private Optional<SplitOptions> options() {
        try {
            return Optional.of(
                    new SplitOptions(
                            shares.get().ratios(),
                            Long.parseLong(seed.get().strip()),
                            mode.get(),
                            alikeTogether.get()
                                    ? OptionalInt.of(PerceptualHash.SIMILAR_BITS)
                                    : OptionalInt.empty(),
                            Map.of(),
                            !anew.get()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Gives one part another share; the others share the rest out.
    public void share(Split part, int percent) {
        shares.set(shares.get().with(part, percent));
    }

    /// Divides otherwise with the same choices.
    public void otherSeed() {
        seed.set(Long.toString(options().map(SplitOptions::seed).orElse(-1L) + 1));
    }

    /// Whether the seed is a whole number.
    boolean isSeedGood() {
        return options().isPresent();
    }

    /// Divides the images as one step that can be undone.
    public void apply() {
        var now = preview.get();
        if (!ready.get() || now.isEmpty()) {
            return;
        }
        var plan = now.get().plan();
        var title = Texts.get("exchange.splits.step");
        var words = words();
        change(
                title,
                project -> {
                    ProjectSplits.apply(project, plan, title, words);
                    return plan.changes().keySet();
                });
    }

    /// In words for the manifest of exports, as the command line has them.
    private String words() {
        var ratios = shares.get().ratios();
        return "%s [%s, %s, %s], seed %s%s"
                .formatted(
                        mode.get().name().toLowerCase(Locale.ROOT),
                        ratios.train(),
                        ratios.validation(),
                        ratios.test(),
                        seed.get().strip(),
                        foldersTogether.get() ? ", folders together" : "");
    }

    /// Puts exactly the selected images into a part, as one step that can be undone.
    public void assignSelected(Split part) {
        var images = Set.copyOf(asking.selectedImagesProperty().get());
        if (images.isEmpty() || busy.get()) {
            return;
        }
        var title = Texts.get("exchange.splits.step.selected", Texts.get("exchange.split." + part));
        change(title, project -> assign(project, images, part, title));
    }

    private static Set<ImageId> assign(
            Project project, Set<ImageId> images, Split part, String title)
            throws ProblemException {
        var changed = new LinkedHashSet<ImageId>();
        var edits = new ArrayList<Edit>();
        for (var id : images) {
            var image = project.image(id);
            if (image.isPresent() && image.get().details().split() != part) {
                edits.add(ReplaceDetails.of(image.get(), image.get().details().withSplit(part)));
                changed.add(id);
            }
        }
        var step = project.beginStep(title);
        step.add(edits);
        step.end();
        return changed;
    }

    /// Changes the project and gives the images that changed.
    private interface Division {
        Set<ImageId> carryOut(Project project) throws ProblemException;
    }

    private void change(String title, Division division) {
        busy.set(true);
        problem.set(Optional.empty());
        showReady();
        workspace.<Integer>change(
                title,
                (project, _) -> {
                    var changed = division.carryOut(project);
                    return new ProjectWork.Changed<>(changed, changed.size());
                },
                count -> {
                    dialogs.notify(
                            Texts.get("exchange.splits.done", count),
                            Texts.get("command.UNDO"),
                            workspace::undo);
                    onDivided.run();
                    read();
                },
                this::failed);
    }

    /// Puts an image on the screen and closes the dialog.
    public void show(ImageId image) {
        close();
        onImageShown.run();
        workspace.show(image);
    }

    /// Closes the dialog; what was applied stays.
    public void close() {
        showing.set(false);
        asked++;
    }

    /// Whether the dialog is to be seen.
    public BooleanProperty showingProperty() {
        return showing;
    }

    /// How many images are selected in the list.
    int selected() {
        return asking.selectedImagesProperty().get().size();
    }

    /// The name of an image, as far as the list knows it.
    String name(ImageId id) {
        return workspace
                .images()
                .line(id)
                .map(line -> String.valueOf(line.image().file().getFileName()))
                .orElse(id.toString());
    }

    public ReadOnlyObjectProperty<Shares> sharesProperty() {
        return shares;
    }

    /// Another seed divides otherwise; the same divides alike.
    public StringProperty seedProperty() {
        return seed;
    }

    public ObjectProperty<SplitOptions.Mode> modeProperty() {
        return mode;
    }

    /// Whether images that look alike stay together.
    public BooleanProperty alikeTogetherProperty() {
        return alikeTogether;
    }

    /// Whether the images of a folder stay together.
    public BooleanProperty foldersTogetherProperty() {
        return foldersTogether;
    }

    /// Whether images that are in a part already are divided anew.
    public BooleanProperty anewProperty() {
        return anew;
    }

    /// What the choices lead to; empty until that is known.
    ReadOnlyObjectProperty<Optional<SplitPreview>> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Whether anything would change.
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }
}
