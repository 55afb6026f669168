package org.palimpsest.ui.exchange;

import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
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
import org.palimpsest.format.ImportOptions;
import org.palimpsest.problem.Problem;
import org.palimpsest.project.Project;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ProjectWork;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// An import of another program's annotations into the open project, as one step that can be undone.
///
/// Confined to the interface's thread.
public final class ImportViewModel implements ViewModel {
    private final Workspace workspace;
    private final DialogService dialogs;
    private final TaskRunner tasks;

    private final BooleanProperty showing = new SimpleBooleanProperty();
    private final List<FormatChoice> formats = FormatChoice.read();
    private final ObjectProperty<FormatChoice> format =
            new SimpleObjectProperty<>(formats.getFirst());
    private final StringProperty source = new SimpleStringProperty("");
    private final StringProperty imageFolder = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Report>> report =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private TaskRunner.@Nullable Job job;

    public ImportViewModel(
            Workspace workspace, DialogService dialogs, TaskRunner tasks, Commands commands) {
        this.workspace = workspace;
        this.dialogs = dialogs;
        this.tasks = tasks;
        source.addListener(_ -> showReady());
        commands.on(
                Command.IMPORT,
                Bindings.createBooleanBinding(
                        () -> workspace.project().isPresent(), workspace.openProjectProperty()),
                this::begin);
    }

    /// Shows what could be imported.
    public void begin() {
        if (workspace.project().isPresent()) {
            report.set(Optional.empty());
            problem.set(Optional.empty());
            showing.set(true);
        }
    }

    public void chooseFile() {
        dialogs.chooseFile(Texts.get("exchange.source.file"), start())
                .ifPresent(file -> source.set(file.toString()));
    }

    public void chooseFolder() {
        dialogs.chooseFolder(Texts.get("exchange.source.folder"), start())
                .ifPresent(folder -> source.set(folder.toString()));
    }

    public void chooseImageFolder() {
        dialogs.chooseFolder(Texts.get("exchange.images.folder"), start())
                .ifPresent(folder -> imageFolder.set(folder.toString()));
    }

    private Optional<Path> start() {
        return path(source.get())
                .map(Path::getParent)
                .or(() -> workspace.project().map(project -> project.file().getParent()));
    }

    private static Optional<Path> path(String typed) {
        try {
            return typed.isBlank() ? Optional.empty() : Optional.of(Path.of(typed.strip()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private void showReady() {
        ready.set(!running.get() && path(source.get()).isPresent());
    }

    /// Reads the annotations into the project.
    public void run() {
        var from = path(source.get());
        var project = workspace.project();
        if (!ready.get() || from.isEmpty() || project.isEmpty()) {
            return;
        }
        var chosen = format.get().format();
        var options =
                path(imageFolder.get())
                        .map(ImportOptions.DEFAULT::withImageFolder)
                        .orElse(ImportOptions.DEFAULT);
        report.set(Optional.empty());
        problem.set(Optional.empty());
        setRunning(true);
        job =
                tasks.<Optional<ImportRun.Imported>>runShown(
                        Texts.get("exchange.job.read", from.get().getFileName()),
                        progress ->
                                ImportRun.run(chosen, project.get(), from.get(), options, progress),
                        done -> imported(project.get(), done),
                        this::failed);
    }

    private void imported(Project project, Optional<ImportRun.Imported> done) {
        setRunning(false);
        if (done.isEmpty()) {
            dialogs.notify(Texts.get("exchange.import.cancelled"));
            return;
        }
        var all = done.get();
        report.set(Optional.of(all.report()));
        if (workspace.project().filter(project::equals).isEmpty()) {
            return; // Another project was opened in the meantime.
        }
        workspace.<Boolean>change(
                Texts.get("exchange.job.refresh"),
                (_, _) -> new ProjectWork.Changed<>(all.images(), true),
                _ -> {
                    workspace.images().reload();
                    dialogs.notify(
                            all.report().summary(),
                            Texts.get("command.UNDO"),
                            () -> undo(all.step()));
                },
                dialogs::show);
    }

    /// Takes the import back, if it is still the last step.
    private void undo(String step) {
        if (workspace.undoTitleProperty().get().equals(step)) {
            workspace.undo();
        } else {
            dialogs.notify(Texts.get("exchange.notLast"));
        }
    }

    private void failed(Problem reason) {
        setRunning(false);
        problem.set(Optional.of(reason));
    }

    private void setRunning(boolean now) {
        running.set(now);
        showReady();
    }

    /// Stops the import; nothing of it stays.
    public void cancel() {
        if (running.get() && job != null) {
            job.cancel();
        }
    }

    /// Closes the dialog; an import that runs goes on.
    public void close() {
        showing.set(false);
    }

    /// Whether the dialog is to be seen.
    public BooleanProperty showingProperty() {
        return showing;
    }

    List<FormatChoice> formats() {
        return formats;
    }

    public ObjectProperty<FormatChoice> formatProperty() {
        return format;
    }

    /// The file or folder that is read.
    public StringProperty sourceProperty() {
        return source;
    }

    /// Where the images are, if not beside the file; may be empty.
    public StringProperty imageFolderProperty() {
        return imageFolder;
    }

    /// Why nothing could be read; empty where nothing is in the way.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// What was read; empty before.
    public ReadOnlyObjectProperty<Optional<Report>> reportProperty() {
        return report.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Whether the import can begin.
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }
}
