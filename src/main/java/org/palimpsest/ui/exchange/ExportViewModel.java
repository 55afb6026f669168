package org.palimpsest.ui.exchange;

import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.palimpsest.dataset.Split;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.format.MaskEncoder;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelState;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An export before, while and after it is written: which format, which images, how, and where to.
///
/// Whatever is chosen, a preview shows what would be written and what would be lost.
///
/// Confined to the interface's thread.
public final class ExportViewModel implements ViewModel {
    private static final Logger LOG = LoggerFactory.getLogger(ExportViewModel.class);

    private final Workspace workspace;
    private final InferenceService inference;
    private final SettingsStore settings;
    private final DialogService dialogs;
    private final TaskRunner tasks;

    private final BooleanProperty showing = new SimpleBooleanProperty();
    private final List<FormatChoice> formats = FormatChoice.written();
    private final ObjectProperty<FormatChoice> format =
            new SimpleObjectProperty<>(formats.getFirst());
    private final ObservableList<SettingLine> lines = FXCollections.observableArrayList();
    private final ObjectProperty<Scope> scope = new SimpleObjectProperty<>(Scope.ALL);
    private final ObjectProperty<Optional<Split>> split =
            new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<ImagesMode> images = new SimpleObjectProperty<>(ImagesMode.COPY);
    private final BooleanProperty acceptedOnly = new SimpleBooleanProperty();
    private final StringProperty target = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<Preview>> preview =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Report>> report =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private TaskRunner.@Nullable Job job;
    private boolean suggested = true;
    private int asked;

    public ExportViewModel(
            Workspace workspace,
            InferenceService inference,
            SettingsStore settings,
            DialogService dialogs,
            TaskRunner tasks,
            Commands commands) {
        this.workspace = workspace;
        this.inference = inference;
        this.settings = settings;
        this.dialogs = dialogs;
        this.tasks = tasks;
        format.addListener(_ -> {
            report.set(Optional.empty());
            fillSettings();
            if (suggested) {
                suggestTarget();
            }
            look();
        });
        scope.addListener(_ -> look());
        split.addListener(_ -> look());
        acceptedOnly.addListener(_ -> look());
        target.addListener(_ -> showReady());
        fillSettings();
        commands.on(Command.EXPORT, workspace.currentImageProperty().isNotNull(), this::export);
    }

    /// Shows what could be exported.
    public void export() {
        if (workspace.project().isEmpty()) {
            return;
        }
        report.set(Optional.empty());
        problem.set(Optional.empty());
        suggested = true;
        suggestTarget();
        showing.set(true);
        look();
    }

    private void fillSettings() {
        lines.setAll(format.get().format().settings().stream().map(SettingLine::new).toList());
        lines.forEach(line -> line.value().addListener(_ -> look()));
    }

    /// A folder beside the last export, or beside the project, that is not there yet.
    private void suggestTarget() {
        var project = workspace.project();
        if (project.isEmpty()) {
            return;
        }
        var id = format.get().format().id();
        var file = project.get().file().toAbsolutePath();
        var last = settings.settings().exportFolder();
        tasks.<Path>run(
                Texts.get("exchange.job.target"),
                _ -> Targets.free(last, file, id),
                free -> {
                    if (suggested && format.get().format().id().equals(id)) {
                        target.set(free.toString());
                    }
                },
                dialogs::show);
    }

    /// Asks for the folder in which the export's own folder is made.
    public void chooseTarget() {
        var start = path().map(Path::getParent);
        dialogs.chooseFolder(Texts.get("exchange.target.choose"), start)
                .ifPresent(folder -> {
                    suggested = false;
                    var id = format.get().format().id();
                    var file = workspace.project().map(Project::file).orElse(folder);
                    tasks.<Path>run(
                            Texts.get("exchange.job.target"),
                            _ -> Targets.in(folder, file, id),
                            free -> target.set(free.toString()),
                            dialogs::show);
                });
    }

    /// The person typed where to.
    public void typeTarget(String typed) {
        suggested = false;
        target.set(typed);
    }

    private Optional<Path> path() {
        try {
            var typed = target.get().strip();
            return typed.isEmpty() ? Optional.empty() : Optional.of(Path.of(typed));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /// Finds out anew what would be written.
    private void look() {
        if (!showing.get()) {
            return;
        }
        int number = ++asked;
        var chosen = format.get().format();
        var where = scope.get().filter(workspace.images().query().filter(), split.get());
        var options = options();
        workspace.<Preview>read(
                Texts.get("exchange.job.preview"),
                (project, progress) ->
                        PreviewMaker.of(chosen, project.dataset(where), options, progress),
                now -> looked(number, Optional.of(now), Optional.empty()),
                wrong -> looked(number, Optional.empty(), Optional.of(wrong)));
    }

    private void looked(int number, Optional<Preview> now, Optional<Problem> wrong) {
        if (number == asked) {
            preview.set(now);
            problem.set(wrong);
            showReady();
        }
    }

    private void showReady() {
        ready.set(
                !running.get()
                        && preview.get().filter(now -> now.images() > 0).isPresent()
                        && path().isPresent());
    }

    private ExportOptions options() {
        Map<String, String> chosen = new HashMap<>();
        lines.forEach(line -> chosen.put(line.setting().name(), line.value().get().strip()));
        boolean known =
                inference.modelState() instanceof ModelState.Ready(var card) && card.masks();
        Optional<MaskEncoder> masks = known ? Optional.of(inference::encodeMask) : Optional.empty();
        return new ExportOptions(
                images.get(),
                acceptedOnly.get(),
                0,
                chosen,
                masks,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /// Writes the export.
    public void run() {
        var folder = path();
        var project = workspace.project();
        if (!ready.get() || folder.isEmpty() || project.isEmpty()) {
            return;
        }
        var chosen = format.get().format();
        var where = scope.get().filter(workspace.images().query().filter(), split.get());
        var options = options();
        report.set(Optional.empty());
        problem.set(Optional.empty());
        setRunning(true);
        // What was done so far is written first; the export reads on a connection of its own.
        workspace.<Boolean>read(
                Texts.get("exchange.job"),
                (_, _) -> true,
                _ ->
                        job =
                                tasks.<Optional<Report>>runShown(
                                        Texts.get("exchange.job.write", chosen.title()),
                                        progress ->
                                                ExportRun.run(
                                                        chosen,
                                                        project.get().dataset(where),
                                                        folder.get(),
                                                        options,
                                                        progress),
                                        this::written,
                                        this::failed),
                this::failed);
    }

    private void written(Optional<Report> done) {
        setRunning(false);
        report.set(done);
        done.ifPresentOrElse(
                all -> {
                    remember(all.folder());
                    dialogs.notify(
                            all.summary(),
                            Texts.get("exchange.showFolder"),
                            () -> dialogs.showFolder(all.folder()));
                },
                () -> dialogs.notify(Texts.get("exchange.cancelled")));
    }

    private void failed(Problem reason) {
        setRunning(false);
        problem.set(Optional.of(reason));
    }

    private void setRunning(boolean now) {
        running.set(now);
        showReady();
    }

    /// Stops the export; nothing of it stays.
    public void cancel() {
        if (running.get() && job != null) {
            job.cancel();
        }
    }

    /// Closes the dialog; an export that runs goes on.
    public void close() {
        showing.set(false);
        asked++;
    }

    /// Shows the folder of the last export in the system's file manager.
    public void showFolder() {
        report.get().ifPresent(done -> dialogs.showFolder(done.folder()));
    }

    private void remember(Path folder) {
        var parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            tasks.<Boolean>run(
                    Texts.get("exchange.job.target"),
                    _ -> saved(parent),
                    _ -> {},
                    wrong -> LOG.warn("{}", wrong.oneLine()));
        }
    }

    private boolean saved(Path folder) throws ProblemException {
        settings.update(kept -> kept.withExportFolder(folder));
        return true;
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

    /// The choices that the format offers.
    ObservableList<SettingLine> settings() {
        return lines;
    }

    public ObjectProperty<Scope> scopeProperty() {
        return scope;
    }

    /// The only part of the data set that is exported; empty for all.
    public ObjectProperty<Optional<Split>> splitProperty() {
        return split;
    }

    public ObjectProperty<ImagesMode> imagesProperty() {
        return images;
    }

    /// Whether only what a person drew, corrected or accepted is exported.
    public BooleanProperty acceptedOnlyProperty() {
        return acceptedOnly;
    }

    /// The folder that will be made.
    public StringProperty targetProperty() {
        return target;
    }

    /// What would be written; empty until that is known.
    public ReadOnlyObjectProperty<Optional<Preview>> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    /// Why nothing can be written; empty where nothing is in the way.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// What was written; empty before.
    public ReadOnlyObjectProperty<Optional<Report>> reportProperty() {
        return report.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Whether the export can be written now.
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }
}
