package org.palimpsest.ui.exchange;

import de.saxsys.mvvmfx.ViewModel;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.Problem;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.Asking;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// An export before, while and after it is written: which format, which images, how, and where to.
///
/// Whatever is chosen, a preview shows what would be written and what would be lost. Before anything gets its place all
/// of it is checked; where the check finds errors, nothing is written unless the person insists.
///
/// Confined to the interface's thread.
public final class ExportViewModel implements ViewModel {
    private static final ProgressUpdate BEGUN = new ProgressUpdate("", -1);

    private final Workspace workspace;
    private final DialogService dialogs;
    private final TaskRunner tasks;
    private final Commands commands;
    private final ExportChoices choices;
    private final ExportTarget target;
    private final TokenCounter tokens = new TokenCounter();

    private final BooleanProperty showing = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<Preview>> preview =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<ExportCheck>> check =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Report>> report =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<ProgressUpdate> progress =
            new ReadOnlyObjectWrapper<>(BEGUN);
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper blocked = new ReadOnlyBooleanWrapper();
    private TaskRunner.@Nullable Job job;
    private Runnable onImageShown = () -> {};
    private int asked;

    public ExportViewModel(
            Workspace workspace,
            InferenceService inference,
            SettingsStore settings,
            DialogService dialogs,
            TaskRunner tasks,
            Asking asking,
            Commands commands) {
        this.workspace = workspace;
        this.dialogs = dialogs;
        this.tasks = tasks;
        this.commands = commands;
        choices = new ExportChoices(workspace, inference, asking, this::changed);
        target = new ExportTarget(workspace, settings, dialogs, tasks, this::formatId);
        choices.formatProperty()
                .addListener(_ -> {
                    report.set(Optional.empty());
                    target.suggest();
                });
        target.targetProperty().addListener(_ -> showReady());
        workspace.openProjectProperty().addListener(_ -> forgetCheck());
        commands.on(Command.EXPORT, workspace.currentImageProperty().isNotNull(), this::export);
    }

    private String formatId() {
        return choices.formatProperty().get().format().id();
    }

    /// What else is to be done when an image is put on the screen, such as to make room for it.
    public void onImageShown(Runnable action) {
        onImageShown = action;
    }

    /// Shows what could be exported.
    public void export() {
        if (workspace.project().isEmpty()) {
            return;
        }
        report.set(Optional.empty());
        problem.set(Optional.empty());
        blocked.set(false);
        target.suggestAnew();
        if (!choices.scopes().contains(choices.scopeProperty().get())) {
            choices.scopeProperty().set(Scope.ALL);
        }
        showing.set(true);
        look();
    }

    /// Something else would be written now: what was found before does not hold any more.
    private void changed() {
        forgetCheck();
        look();
    }

    private void forgetCheck() {
        check.set(Optional.empty());
        blocked.set(false);
    }

    /// Asks for the folder in which the export's own folder is made.
    public void chooseTarget() {
        target.choose();
    }

    /// The person typed where to.
    public void typeTarget(String typed) {
        target.type(typed);
    }

    /// Finds out anew what would be written.
    private void look() {
        if (!showing.get()) {
            return;
        }
        int number = ++asked;
        var order = choices.order();
        workspace.<Preview>read(
                Texts.get("exchange.job.preview"),
                (project, job) -> PreviewMaker.of(tokens.counting(order), order.data(project), job),
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
                        && target.path().isPresent());
    }

    /// Checks all that would be written, and writes nothing.
    public void check() {
        begin(ExportRun.Aim.CHECK);
    }

    /// Checks what is to be written, and writes it where there are no errors.
    public void run() {
        begin(ExportRun.Aim.WRITE);
    }

    /// Writes it although the check found errors.
    public void runAnyway() {
        begin(ExportRun.Aim.WRITE_ANYWAY);
    }

    private void begin(ExportRun.Aim aim) {
        var folder = target.path();
        var project = workspace.project();
        if (!ready.get() || folder.isEmpty() || project.isEmpty()) {
            return;
        }
        var order = choices.order();
        report.set(Optional.empty());
        problem.set(Optional.empty());
        blocked.set(false);
        progress.set(BEGUN);
        setRunning(true);
        // What was done so far is written first; the export reads on a connection of its own.
        workspace.<Boolean>read(
                Texts.get("exchange.job"),
                (_, _) -> true,
                _ ->
                        job =
                                tasks.<ExportRun.Outcome>runShown(
                                        Texts.get(
                                                aim == ExportRun.Aim.CHECK
                                                        ? "exchange.job.check"
                                                        : "exchange.job.write",
                                                order.format().title()),
                                        watched ->
                                                ExportRun.run(
                                                        tokens.counting(order),
                                                        project.get(),
                                                        folder.get(),
                                                        aim,
                                                        new WatchedProgress(
                                                                watched, tasks, progress::set)),
                                        outcome -> ended(aim, outcome),
                                        this::failed),
                this::failed);
    }

    private void ended(ExportRun.Aim aim, ExportRun.Outcome outcome) {
        setRunning(false);
        outcome.check().ifPresent(found -> check.set(Optional.of(found)));
        report.set(outcome.report());
        if (outcome.report().isPresent()) {
            var all = outcome.report().get();
            target.remember(all.folder());
            dialogs.notify(
                    all.summary(),
                    Texts.get("exchange.showFolder"),
                    () -> dialogs.showFolder(all.folder()));
        } else if (outcome.check().isEmpty()) {
            dialogs.notify(Texts.get("exchange.cancelled"));
        } else if (aim == ExportRun.Aim.WRITE) {
            blocked.set(true);
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

    /// Puts the image behind a finding on the screen and closes the dialog; what was found is there when it is opened
    /// again.
    public void show(FindingRow row) {
        if (row instanceof FindingRow.Line line && line.image().isPresent()) {
            close();
            onImageShown.run();
            workspace.show(line.image().get());
        }
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

    /// Shows how the images are divided.
    public void editSplits() {
        commands.run(Command.SPLITS);
    }

    /// The parts of the data set are others than before.
    public void splitsChanged() {
        changed();
    }

    /// Shows the folder of the last export in the system's file manager.
    public void showFolder() {
        report.get().ifPresent(done -> dialogs.showFolder(done.folder()));
    }

    /// Whether the dialog is to be seen.
    public BooleanProperty showingProperty() {
        return showing;
    }

    List<FormatChoice> formats() {
        return choices.formats();
    }

    public ObjectProperty<FormatChoice> formatProperty() {
        return choices.formatProperty();
    }

    /// The choices that the format offers.
    ObservableList<SettingLine> settings() {
        return choices.settings();
    }

    /// Which images can be meant now.
    List<Scope> scopes() {
        return choices.scopes();
    }

    String title(Scope which) {
        return which.title(choices.selected());
    }

    public ObjectProperty<Scope> scopeProperty() {
        return choices.scopeProperty();
    }

    /// The only part of the data set that is exported; empty for all.
    public ObjectProperty<Optional<Split>> splitProperty() {
        return choices.splitProperty();
    }

    public ObjectProperty<ImagesMode> imagesProperty() {
        return choices.imagesProperty();
    }

    /// Whether only what a person drew, corrected or accepted is exported.
    public BooleanProperty acceptedOnlyProperty() {
        return choices.acceptedOnlyProperty();
    }

    /// The folder that will be made.
    public StringProperty targetProperty() {
        return target.targetProperty();
    }

    /// What would be written; empty until that is known.
    public ReadOnlyObjectProperty<Optional<Preview>> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    /// Why nothing can be written; empty where nothing is in the way.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// What the last check found; empty where none was made since the last choice.
    public ReadOnlyObjectProperty<Optional<ExportCheck>> checkProperty() {
        return check.getReadOnlyProperty();
    }

    /// Whether nothing was written because the check found errors.
    public ReadOnlyBooleanProperty blockedProperty() {
        return blocked.getReadOnlyProperty();
    }

    /// What was written; empty before.
    public ReadOnlyObjectProperty<Optional<Report>> reportProperty() {
        return report.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// How far the export is while it runs.
    ReadOnlyObjectProperty<ProgressUpdate> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// Whether the export can be written now.
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }
}
