package org.palimpsest.ui.shell;

import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelState;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.canvas.CanvasViewModel;
import org.palimpsest.ui.canvas.ToolKind;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.ToolKey;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.settings.Preferences;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.SaveState;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// What the window as a whole can do, and what it has to say before all else. Knows the other view models as far as
/// commands need several of them.
///
/// Confined to the interface's thread.
public final class ShellViewModel implements ViewModel {
    /// What the shell is given.
    ///
    /// @param bundledModel the folder of the model that comes with the program
    public record Services(
            Workspace workspace,
            ProjectOpener opener,
            InferenceService inference,
            SettingsStore settings,
            DialogService dialogs,
            TaskRunner tasks,
            Path bundledModel,
            Commands commands,
            KeyBindings keys,
            Pages pages) {}

    private final Services services;
    private final Workspace workspace;
    private final CanvasViewModel canvas;
    private final PromptViewModel prompt;
    private final Preferences preferences;
    private final LayoutViewModel layout;
    private final PaletteViewModel palette;

    private final ReadOnlyObjectWrapper<Optional<Note>> modelNote =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Note>> note =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper closing = new ReadOnlyBooleanWrapper();
    private final Set<Note.Kind> putAway = EnumSet.noneOf(Note.Kind.class);
    private Predicate<String> labelKey = _ -> false;
    private Predicate<Path> dataset = _ -> false;
    private final ObservableStringValue title;
    private final ObservableStringValue position;
    private final BooleanBinding hasProject;
    private final BooleanBinding hasImage;

    public ShellViewModel(Services services, CanvasViewModel canvas, PromptViewModel prompt) {
        this.services = services;
        this.workspace = services.workspace();
        this.canvas = canvas;
        this.prompt = prompt;
        preferences =
                new Preferences(services.settings(), services.tasks(), services.dialogs()::show);
        layout = new LayoutViewModel(preferences);
        palette = new PaletteViewModel(services.commands(), services.keys());
        hasProject =
                Bindings.createBooleanBinding(
                        () -> workspace.project().isPresent(), workspace.openProjectProperty());
        hasImage = workspace.currentImageProperty().isNotNull();
        title =
                Bindings.createStringBinding(
                        this::describeTitle,
                        workspace.currentImageProperty(),
                        workspace.openProjectProperty());
        position =
                Bindings.createStringBinding(
                        this::describePosition,
                        workspace.currentImageProperty(),
                        workspace.images().lines());
        workspace.saveStateProperty().addListener(_ -> choose());
        modelNote.addListener(_ -> choose());
        services.inference()
                .onModelState(state -> services.tasks().onInterface(() -> modelChanged(state)));
        registerFiles();
        registerEditing();
        registerWindow();
        keepView();
    }

    private void registerFiles() {
        var opener = services.opener();
        take(Command.OPEN_FOLDER, opener::askForFolder);
        take(Command.OPEN_FILES, opener::askForImages);
        take(Command.OPEN_PROJECT, opener::askForProject);
        take(Command.NEW_PROJECT, opener::askForNewProject);
        take(Command.OPEN_SAMPLES, opener::openSamples);
        take(Command.CLOSE_PROJECT, hasProject, opener::close);
        var failing =
                Bindings.createBooleanBinding(
                        () -> workspace.saveStateProperty().get() instanceof SaveState.Failing,
                        workspace.saveStateProperty());
        take(Command.SAVE_NOW, failing, workspace::saveAgain);
        take(Command.QUIT, () -> closing.set(true));
    }

    private void registerEditing() {
        var selected =
                Bindings.createBooleanBinding(
                        () -> !workspace.selection().isEmpty(), workspace.selectionProperty());
        take(Command.UNDO, workspace.undoTitleProperty().isNotEmpty(), workspace::undo);
        take(Command.REDO, workspace.redoTitleProperty().isNotEmpty(), workspace::redo);
        take(Command.DELETE, selected, workspace::deleteSelection);
        take(Command.NEXT_IMAGE, hasImage, () -> workspace.step(1));
        take(Command.PREVIOUS_IMAGE, hasImage, () -> workspace.step(-1));
        take(Command.FIRST_IMAGE, hasImage, () -> workspace.step(-Integer.MAX_VALUE));
        take(Command.LAST_IMAGE, hasImage, () -> workspace.step(workspace.images().lines().size()));
        take(Command.RUN, prompt.runnableProperty(), prompt::run);
        take(Command.STOP, this::stop);
    }

    /// The camera keeps its view as the settings say, and the other way round.
    private void keepView() {
        var kept = canvas.camera().keepViewProperty();
        kept.set(preferences.keepViewProperty().get());
        preferences.keepViewProperty().addListener((_, _, now) -> kept.set(now));
        kept.addListener((_, _, now) -> {
            if (now != preferences.keepViewProperty().get()) {
                preferences.setKeepView(now);
            }
        });
    }

    private void registerWindow() {
        for (var row : PageHost.ALL) {
            take(row.command(), () -> services.pages().open(row.page()));
        }
        take(Command.THEME, preferences::nextTheme);
        take(Command.LARGER_TEXT, () -> preferences.stepScale(1));
        take(Command.SMALLER_TEXT, () -> preferences.stepScale(-1));
    }

    /// Carries out a command unless the feature that it belongs to does.
    void take(Command command, ObservableBooleanValue enabled, Runnable run) {
        if (!commands().known().contains(command)) {
            commands().on(command, enabled, run);
        }
    }

    void take(Command command, Runnable run) {
        take(command, new ReadOnlyBooleanWrapper(true), run);
    }

    private String describeTitle() {
        var project = workspace.openProjectProperty().get();
        var image = workspace.currentImage();
        if (project.isEmpty()) {
            return Texts.get("shell.title");
        }
        return image == null
                ? Texts.get("shell.title.project", project.get().name())
                : Texts.get("shell.title.image", image.file().getFileName(), project.get().name());
    }

    private String describePosition() {
        var shown = workspace.currentImage();
        int count = workspace.images().lines().size();
        int index = shown == null ? -1 : workspace.images().indexOf(shown.id());
        if (index >= 0) {
            return Texts.get("shell.position", index + 1, count);
        }
        return count == 0
                ? Texts.get("shell.position.none")
                : Texts.get("shell.position.off", count);
    }

    private void modelChanged(ModelState state) {
        switch (state) {
            case ModelState.Ready(var card) -> {
                putAway.remove(Note.Kind.ERROR);
                modelNote.set(card.toy() ? Optional.of(Note.toy()) : Note.device(card));
            }
            case ModelState.Broken(_, var problem) -> {
                putAway.remove(Note.Kind.ERROR);
                modelNote.set(Optional.of(Note.broken(problem)));
            }
            case ModelState.None _ -> modelNote.set(Optional.empty());
            case ModelState.Opening _ -> {}
        }
    }

    /// The worst thing that was not put away.
    private void choose() {
        var unsaved =
                workspace.saveStateProperty().get() instanceof SaveState.Failing(var count, var why)
                        ? Optional.of(Note.notSaved(count, why))
                        : Optional.<Note>empty();
        note.set(
                java.util.stream.Stream.of(unsaved, modelNote.get())
                        .flatMap(Optional::stream)
                        .filter(one -> !one.closable() || !putAway.contains(one.kind()))
                        .max(Comparator.comparing(Note::kind)));
    }

    /// Puts the note away until something else is to be said.
    void closeNote() {
        note.get().filter(Note::closable).ifPresent(one -> putAway.add(one.kind()));
        choose();
    }

    /// Opens what was dropped on the window, or was open before.
    public void open(List<Path> places) {
        boolean taken = places.size() == 1 && dataset.test(places.getFirst());
        if (!taken && !places.isEmpty()) {
            services.opener().open(places);
        }
    }

    /// Whether the window may be closed; asks where work would be lost.
    public boolean mayClose() {
        return services.opener().mayLeave();
    }

    /// Stops the answer that is being written; where there is none, gives up the gesture or the selection.
    private void stop() {
        if (!prompt.stop()) {
            canvas.key(ToolKey.CANCEL, Modifiers.NONE);
        }
    }

    /// An arrow key over the image: moves what is selected; where nothing is, left and right change the image.
    public void arrow(ToolKey key, Modifiers modifiers) {
        if (!canvas.key(key, modifiers) && workspace.selection().isEmpty()) {
            if (key == ToolKey.LEFT) {
                commands().run(Command.PREVIOUS_IMAGE);
            } else if (key == ToolKey.RIGHT) {
                commands().run(Command.NEXT_IMAGE);
            }
        }
    }

    /// Enter over the image: a click where arrow keys have put the crosshair.
    ///
    /// @return whether there is one
    boolean enter(Modifiers modifiers) {
        return canvas.keyClicked(modifiers);
    }

    /// Says who sets labels by their keys.
    public void onLabelKey(Predicate<String> choose) {
        labelKey = choose;
    }

    /// Who takes a file of annotations that is dropped on the window, and says whether it did.
    public void onDataset(Predicate<Path> take) {
        dataset = take;
    }

    /// Sets the label that has this key.
    ///
    /// @return whether there is one
    boolean labelKey(String key) {
        return labelKey.test(key);
    }

    /// Runs something on the interface's thread, after what is happening now.
    void later(Runnable action) {
        services.tasks().onInterface(action);
    }

    public Commands commands() {
        return services.commands();
    }

    public KeyBindings keys() {
        return services.keys();
    }

    public Preferences preferences() {
        return preferences;
    }

    Pages pages() {
        return services.pages();
    }

    LayoutViewModel layout() {
        return layout;
    }

    PaletteViewModel palette() {
        return palette;
    }

    List<Path> recentProjects() {
        return preferences.now().recentProjects();
    }

    public ObservableStringValue titleProperty() {
        return title;
    }

    public ObjectProperty<ToolKind> toolProperty() {
        return canvas.toolProperty();
    }

    /// What the person should know before all else.
    ReadOnlyObjectProperty<Optional<Note>> noteProperty() {
        return note.getReadOnlyProperty();
    }

    /// Whether the window is asked to close.
    ReadOnlyBooleanWrapper closingProperty() {
        return closing;
    }

    ReadOnlyStringProperty undoTitleProperty() {
        return workspace.undoTitleProperty();
    }

    ReadOnlyStringProperty redoTitleProperty() {
        return workspace.redoTitleProperty();
    }

    /// Whether a project is open; where none is, the window offers to open one.
    public ObservableBooleanValue hasProjectProperty() {
        return hasProject;
    }

    /// Where the image on the screen stands in the list: `3 of 24`.
    public ObservableStringValue positionProperty() {
        return position;
    }
}
