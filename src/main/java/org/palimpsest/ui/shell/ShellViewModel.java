package org.palimpsest.ui.shell;

import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelState;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.settings.Settings;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.canvas.CanvasViewModel;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.canvas.ToolKind;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.ToolKey;
import org.palimpsest.ui.exchange.ExportViewModel;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Workspace;

/// What the window as a whole can do, and which colours it has. The only view model that knows the others.
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
            KeyBindings keys) {}

    private final Services services;
    private final Workspace workspace;
    private final CanvasViewModel canvas;
    private final PromptViewModel prompt;
    private final ExportViewModel exchange;

    private final ReadOnlyObjectWrapper<Theme> theme = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Optional<ModelNote>> note =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper otherModel = new ReadOnlyBooleanWrapper();
    private final ObservableStringValue title;
    private final BooleanBinding hasImage;
    private final BooleanBinding hasSelection;

    public ShellViewModel(
            Services services,
            CanvasViewModel canvas,
            PromptViewModel prompt,
            ExportViewModel exchange) {
        this.services = services;
        this.workspace = services.workspace();
        this.canvas = canvas;
        this.prompt = prompt;
        this.exchange = exchange;
        theme.set(services.settings().settings().theme());
        hasImage = workspace.currentImageProperty().isNotNull();
        hasSelection =
                Bindings.createBooleanBinding(
                        () -> !workspace.selection().isEmpty(), workspace.selectionProperty());
        title = Bindings.createStringBinding(this::describeTitle, workspace.currentImageProperty());
        services.inference()
                .onModelState(state -> services.tasks().onInterface(() -> modelChanged(state)));
    }

    private String describeTitle() {
        var image = workspace.currentImage();
        return image == null ? "Palimpsest" : image.file().getFileName() + " – Palimpsest";
    }

    private void modelChanged(ModelState state) {
        switch (state) {
            case ModelState.Ready(var card) -> {
                note.set(card.toy() ? Optional.of(ModelNote.TOY) : Optional.empty());
                otherModel.set(!card.toy());
            }
            case ModelState.Broken(var folder, var problem) -> {
                note.set(Optional.of(ModelNote.of(problem)));
                otherModel.set(!folder.equals(services.bundledModel()));
            }
            case ModelState.None _ -> note.set(Optional.empty());
            case ModelState.Opening _ -> {}
        }
    }

    public void openFolder() {
        services.opener().askForFolder();
    }

    public void openFiles() {
        services.opener().askForImages();
    }

    /// Opens what was dropped on the window.
    public void open(List<Path> places) {
        services.opener().open(places);
    }

    /// Whether the window may be closed; asks where work would be lost.
    public boolean mayClose() {
        return services.opener().mayLeave();
    }

    public void export() {
        exchange.export();
    }

    /// Asks for a model's folder and uses it from now on, also after the next start.
    public void chooseModel() {
        services.dialogs()
                .chooseFolder(
                        "Choose the folder of a PaliGemma model",
                        services.settings().settings().modelFolder().map(Path::getParent))
                .ifPresent(folder -> {
                    services.inference().useModel(folder);
                    save(kept -> kept.withModel(Optional.of(folder), Optional.empty()));
                });
    }

    /// Goes back to the model that comes with the program.
    public void useBundledModel() {
        services.inference().useModel(services.bundledModel());
        save(kept -> kept.withModel(Optional.empty(), Optional.empty()));
    }

    public void undo() {
        workspace.undo();
    }

    public void redo() {
        workspace.redo();
    }

    public void selectAll() {
        var image = workspace.current();
        if (image != null) {
            workspace.select(
                    image.objects().stream()
                            .map(Annotation::id)
                            .collect(Collectors.toUnmodifiableSet()));
        }
    }

    public void rename() {
        canvas.beginNaming();
    }

    public void delete() {
        workspace.deleteSelection();
    }

    public void run() {
        prompt.run();
    }

    /// Stops the answer that is being written; where there is none, gives up the gesture or the selection.
    public void stop() {
        if (!prompt.stop()) {
            canvas.key(ToolKey.CANCEL, Modifiers.NONE);
        }
    }

    public void next() {
        workspace.step(1);
    }

    public void previous() {
        workspace.step(-1);
    }

    /// An arrow key over the image: moves what is selected; where nothing is, left and right change the image.
    public void arrow(ToolKey key, Modifiers modifiers) {
        if (!canvas.key(key, modifiers) && workspace.selection().isEmpty()) {
            switch (key) {
                case LEFT -> previous();
                case RIGHT -> next();
                case UP, DOWN, CANCEL, CONFIRM, BACK, DELETE, SMALLER, LARGER -> {}
            }
        }
    }

    public void fit() {
        canvas.camera().fit();
    }

    public void actualSize() {
        canvas.camera().actualSize();
    }

    public void zoomIn() {
        canvas.camera().zoomIn();
    }

    public void zoomOut() {
        canvas.camera().zoomOut();
    }

    /// Changes between the light and the dark colours, also for the next start.
    public void toggleTheme() {
        var chosen = theme.get() == Theme.DARK ? Theme.LIGHT : Theme.DARK;
        theme.set(chosen);
        save(kept -> kept.withTheme(chosen));
    }

    private void save(UnaryOperator<Settings> change) {
        services.tasks()
                .<Boolean>run(
                        "Save the settings", _ -> saved(change), _ -> {}, services.dialogs()::show);
    }

    private boolean saved(UnaryOperator<Settings> change) throws ProblemException {
        services.settings().update(change);
        return true;
    }

    public ObservableStringValue titleProperty() {
        return title;
    }

    public ReadOnlyObjectProperty<Theme> themeProperty() {
        return theme.getReadOnlyProperty();
    }

    public ObjectProperty<ToolKind> toolProperty() {
        return canvas.toolProperty();
    }

    /// What the person should know about the model before all else.
    ReadOnlyObjectProperty<Optional<ModelNote>> noteProperty() {
        return note.getReadOnlyProperty();
    }

    /// Whether a model other than the bundled one is chosen.
    public ReadOnlyBooleanProperty otherModelProperty() {
        return otherModel.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty undoTitleProperty() {
        return workspace.undoTitleProperty();
    }

    public ReadOnlyStringProperty redoTitleProperty() {
        return workspace.redoTitleProperty();
    }

    public ObservableBooleanValue undoableProperty() {
        return workspace.undoTitleProperty().isNotEmpty();
    }

    public ObservableBooleanValue redoableProperty() {
        return workspace.redoTitleProperty().isNotEmpty();
    }

    public ObservableBooleanValue runnableProperty() {
        return prompt.runnableProperty();
    }

    public ObservableBooleanValue hasImageProperty() {
        return hasImage;
    }

    public ObservableBooleanValue hasSelectionProperty() {
        return hasSelection;
    }

    /// Where the image on the screen stands in the list: `3 of 24`; empty if none is.
    public ObservableStringValue positionProperty() {
        return Bindings.createStringBinding(
                () -> {
                    var shown = workspace.currentImage();
                    int index = shown == null ? -1 : workspace.images().indexOf(shown.id());
                    return index < 0
                            ? ""
                            : (index + 1) + " of " + workspace.images().lines().size();
                },
                workspace.currentImageProperty(),
                workspace.images().lines());
    }
}
