package org.palimpsest.ui.exchange;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder that an export makes: suggested until the person chooses one.
///
/// Confined to the interface's thread.
final class ExportTarget {
    private static final Logger LOG = LoggerFactory.getLogger(ExportTarget.class);

    private final Workspace workspace;
    private final SettingsStore settings;
    private final DialogService dialogs;
    private final TaskRunner tasks;
    private final Supplier<String> format;
    private final StringProperty target = new SimpleStringProperty("");
    private boolean suggested = true;

    /// @param format the id of the format that is chosen
    ExportTarget(
            Workspace workspace,
            SettingsStore settings,
            DialogService dialogs,
            TaskRunner tasks,
            Supplier<String> format) {
        this.workspace = workspace;
        this.settings = settings;
        this.dialogs = dialogs;
        this.tasks = tasks;
        this.format = format;
    }

    /// A folder beside the last export, or beside the project, that is not there yet; whatever was chosen before.
    void suggestAnew() {
        suggested = true;
        suggest();
    }

    /// As [#suggestAnew], where the person chose nothing yet.
    void suggest() {
        var project = workspace.project();
        if (!suggested || project.isEmpty()) {
            return;
        }
        var id = format.get();
        var file = project.get().file().toAbsolutePath();
        var last = settings.settings().exportFolder();
        tasks.<Path>run(
                Texts.get("exchange.job.target"),
                _ -> Targets.free(last, file, id),
                free -> {
                    if (suggested && format.get().equals(id)) {
                        target.set(free.toString());
                    }
                },
                dialogs::show);
    }

    /// Asks for the folder in which the export's own folder is made.
    void choose() {
        dialogs.chooseFolder(Texts.get("exchange.target.choose"), path().map(Path::getParent))
                .ifPresent(folder -> {
                    suggested = false;
                    var id = format.get();
                    var file = workspace.project().map(Project::file).orElse(folder);
                    tasks.<Path>run(
                            Texts.get("exchange.job.target"),
                            _ -> Targets.in(folder, file, id),
                            free -> target.set(free.toString()),
                            dialogs::show);
                });
    }

    void type(String typed) {
        suggested = false;
        target.set(typed);
    }

    /// Empty where what is typed is no path.
    Optional<Path> path() {
        return Targets.path(target.get());
    }

    /// The next export is suggested beside this one.
    void remember(Path folder) {
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

    StringProperty targetProperty() {
        return target;
    }
}
