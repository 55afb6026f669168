package org.palimpsest.ui.shell;

import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.settings.Preferences;
import org.palimpsest.ui.support.OpenProject;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;

/// What can be opened where no project is: the ways to begin, and the projects of the last days.
///
/// Confined to the interface's thread.
public final class WelcomeViewModel implements ViewModel {
    private final Preferences preferences;
    private final ProjectOpener opener;
    private final TaskRunner tasks;
    private final Commands commands;
    private final KeyBindings keys;
    private final ObservableList<Recent> recent = FXCollections.observableArrayList();
    // Kept, because it hears of changes through a weak reference only.
    private final ObservableList<Recent> visible = FXCollections.unmodifiableObservableList(recent);

    /// A project that was open before.
    ///
    /// @param folder where it lies, in words
    /// @param there whether its file can be found now
    public record Recent(Path file, String name, String folder, boolean there) {}

    public WelcomeViewModel(
            Preferences preferences,
            ProjectOpener opener,
            TaskRunner tasks,
            Commands commands,
            KeyBindings keys) {
        this.preferences = preferences;
        this.opener = opener;
        this.tasks = tasks;
        this.commands = commands;
        this.keys = keys;
    }

    /// Looks again which projects are there; files are looked at in the background.
    public void refresh() {
        var files = preferences.now().recentProjects();
        tasks.<List<Recent>>run(
                Texts.get("shell.job.recent"),
                _ -> files.stream().map(WelcomeViewModel::look).toList(),
                recent::setAll,
                _ -> {});
    }

    private static Recent look(Path file) {
        var parent = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        return new Recent(
                file, OpenProject.name(file), parent.toString(), Files.isRegularFile(file));
    }

    void run(Command command) {
        commands.run(command);
    }

    String keyText(Command command) {
        return keys.keyText(command);
    }

    void open(Recent project) {
        opener.open(List.of(project.file()));
    }

    /// Takes a project out of the list; its file stays.
    void forget(Recent project) {
        recent.remove(project);
        preferences.change(kept -> kept.withoutProject(project.file()));
    }

    /// The projects, the last one first.
    public ObservableList<Recent> recent() {
        return visible;
    }
}
