package org.palimpsest.ui.exchange;

import de.saxsys.mvvmfx.ViewModel;
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
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.format.registry.FormatGuess;
import org.palimpsest.job.ProgressUpdate;
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
/// Whatever is chosen is read once without changing anything: its format is recognised, what it would bring is counted,
/// and its labels can be given other names. Only then it can be imported.
///
/// Confined to the interface's thread.
public final class ImportViewModel implements ViewModel {
    private static final ProgressUpdate BEGUN = new ProgressUpdate("", -1);

    private final Workspace workspace;
    private final DialogService dialogs;
    private final TaskRunner tasks;

    private final BooleanProperty showing = new SimpleBooleanProperty();
    private final List<FormatChoice> formats = FormatChoice.read();
    private final ObjectProperty<FormatChoice> format =
            new SimpleObjectProperty<>(formats.getFirst());
    private final StringProperty source = new SimpleStringProperty("");
    private final StringProperty imageFolder = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<ImportPreview>> preview =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObservableList<LabelLine> labels = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Report>> report =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<ProgressUpdate> progress =
            new ReadOnlyObjectWrapper<>(BEGUN);
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper looking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper recognised = new ReadOnlyBooleanWrapper();
    private TaskRunner.@Nullable Job job;
    private String step = "";
    private boolean guessing;
    private int asked;

    public ImportViewModel(
            Workspace workspace, DialogService dialogs, TaskRunner tasks, Commands commands) {
        this.workspace = workspace;
        this.dialogs = dialogs;
        this.tasks = tasks;
        source.addListener(_ -> recognise());
        imageFolder.addListener(_ -> look());
        format.addListener(_ -> {
            if (!guessing) {
                recognised.set(false);
                look();
            }
        });
        for (var state : List.of(running, looking, report, preview)) {
            state.addListener(_ -> showReady());
        }
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
            look();
        }
    }

    /// Shows what of this file or folder could be imported.
    public void begin(Path from) {
        begin();
        if (showing.get()) {
            source.set(from.toString());
        }
    }

    /// Shows what of a file could be imported, if it can hold annotations and there is a project.
    public boolean offer(Path file) {
        boolean taken = workspace.project().isPresent() && FormatGuess.isNamedLikeOne(file);
        if (taken) {
            begin(file);
        }
        return taken;
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
        return Targets.path(source.get())
                .map(Path::getParent)
                .or(() -> workspace.project().map(project -> project.file().getParent()));
    }

    /// Finds out what format it is, and then what is in it.
    private void recognise() {
        recognised.set(false);
        var from = Targets.path(source.get());
        if (from.isEmpty()) {
            look();
            return;
        }
        int number = forget();
        tasks.<Optional<String>>run(
                Texts.get("exchange.job.look"),
                _ -> FormatGuess.of(from.get()),
                id -> {
                    if (number == asked) {
                        guessing = true;
                        id.flatMap(known -> FormatChoice.find(formats, known))
                                .ifPresent(choice -> {
                                    recognised.set(true);
                                    format.set(choice);
                                });
                        guessing = false;
                        look();
                    }
                },
                this::failed);
    }

    /// What was found before holds no more.
    private int forget() {
        if (looking.get() && job != null) {
            job.cancel();
        }
        looking.set(false);
        preview.set(Optional.empty());
        labels.clear();
        problem.set(Optional.empty());
        report.set(Optional.empty());
        return ++asked;
    }

    /// Reads all of it and changes nothing.
    private void look() {
        int number = forget();
        var from = Targets.path(source.get());
        var open = workspace.openProjectProperty().get();
        if (!showing.get() || running.get() || from.isEmpty() || open.isEmpty()) {
            return;
        }
        var chosen = format.get().format();
        var options = options();
        looking.set(true);
        progress.set(BEGUN);
        job =
                tasks.<ImportPreview>runShown(
                        Texts.get("exchange.job.look"),
                        watched ->
                                DryRun.of(
                                        chosen,
                                        open.get().reader(),
                                        from.get(),
                                        options,
                                        new WatchedProgress(watched, tasks, progress::set)),
                        found -> {
                            if (number == asked) {
                                looked(found);
                            }
                        },
                        wrong -> {
                            if (number == asked) {
                                looking.set(false);
                                failed(wrong);
                            }
                        });
    }

    private void looked(ImportPreview found) {
        looking.set(false);
        labels.setAll(found.labels().stream().map(LabelLine::new).toList());
        labels.forEach(line -> line.becomes().addListener(_ -> showReady()));
        preview.set(Optional.of(found));
    }

    private ImportOptions options() {
        return Targets.path(imageFolder.get())
                .map(ImportOptions.DEFAULT::withImageFolder)
                .orElse(ImportOptions.DEFAULT);
    }

    private void showReady() {
        ready.set(
                !running.get()
                        && !looking.get()
                        && report.get().isEmpty()
                        && preview.get().filter(found -> !found.isEmpty()).isPresent()
                        && labels.stream().allMatch(LabelLine::isGood));
    }

    /// Reads the annotations into the project.
    public void run() {
        var from = Targets.path(source.get());
        var project = workspace.project();
        if (!ready.get() || from.isEmpty() || project.isEmpty()) {
            return;
        }
        var chosen = format.get().format();
        var options = options();
        var names = LabelLine.changes(labels);
        problem.set(Optional.empty());
        progress.set(BEGUN);
        running.set(true);
        job =
                tasks.<Optional<ImportRun.Imported>>runShown(
                        Texts.get("exchange.job.read", from.get().getFileName()),
                        watched ->
                                ImportRun.run(
                                        chosen,
                                        project.get(),
                                        from.get(),
                                        options,
                                        names,
                                        new WatchedProgress(watched, tasks, progress::set)),
                        done -> imported(project.get(), done),
                        this::failed);
    }

    private void imported(Project project, Optional<ImportRun.Imported> done) {
        running.set(false);
        if (done.isEmpty()) {
            dialogs.notify(Texts.get("exchange.import.cancelled"));
            return;
        }
        var all = done.get();
        step = all.step();
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

    /// Takes the import back that was just made.
    public void takeBack() {
        if (report.get().isPresent()) {
            undo(step);
            report.set(Optional.empty());
        }
    }

    /// Takes the import back, if it is still the last step.
    private void undo(String title) {
        if (workspace.undoTitleProperty().get().equals(title)) {
            workspace.undo();
        } else {
            dialogs.notify(Texts.get("exchange.notLast"));
        }
    }

    private void failed(Problem reason) {
        running.set(false);
        problem.set(Optional.of(reason));
    }

    /// Stops the import or the look at it; nothing of it stays.
    public void cancel() {
        if (looking.get()) {
            forget();
        } else if (running.get() && job != null) {
            job.cancel();
        }
    }

    /// Closes the dialog; an import that runs goes on.
    public void close() {
        if (looking.get()) {
            forget();
        }
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

    /// Whether the format was told by the file rather than by the person.
    ReadOnlyBooleanProperty recognisedProperty() {
        return recognised.getReadOnlyProperty();
    }

    /// The file or folder that is read.
    public StringProperty sourceProperty() {
        return source;
    }

    /// Where the images are, if not beside the file; may be empty.
    public StringProperty imageFolderProperty() {
        return imageFolder;
    }

    /// What the import would bring; empty until that is known.
    ReadOnlyObjectProperty<Optional<ImportPreview>> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    /// The labels of the file with what they are to be called.
    ObservableList<LabelLine> labels() {
        return labels;
    }

    /// The labels that the project has.
    List<String> projectLabels() {
        return workspace.labels().names();
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

    ReadOnlyBooleanProperty lookingProperty() {
        return looking.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<ProgressUpdate> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// Whether the import can begin.
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }
}
