package org.palimpsest.ui.label;

import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.edit.RenameLabel;
import org.palimpsest.dataset.edit.ReplaceLabels;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.LabelChanges;
import org.palimpsest.project.LabelSetFile;
import org.palimpsest.project.Project;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ProjectWork;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Changes the labels themselves: their names, colours, keys and order; merges, deletes, keeps and fetches sets of them.
///
/// Confined to the interface's thread.
public final class LabelEditViewModel implements ViewModel {
    /// A label that is to be deleted although it has objects.
    ///
    /// @param others what its objects could become
    public record Deletion(String label, long objects, long images, List<String> others) {
        public Deletion {
            others = List.copyOf(others);
        }
    }

    /// Changes labels in the project itself.
    private interface Change {
        void run(Project project) throws ProblemException;
    }

    private final Workspace workspace;
    private final LabelViewModel list;
    private final LabelKeys keys;
    private final DialogService dialogs;
    private final TaskRunner tasks;
    private final ReadOnlyObjectWrapper<Optional<Deletion>> deletion =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    public LabelEditViewModel(
            Workspace workspace,
            LabelViewModel list,
            KeyBindings keys,
            DialogService dialogs,
            TaskRunner tasks) {
        this.workspace = workspace;
        this.list = list;
        this.keys = new LabelKeys(keys);
        this.dialogs = dialogs;
        this.tasks = tasks;
    }

    /// Gives a label another name, with all of its objects. Where another label has that name, offers to make one of both.
    public void rename(String label, String typed) {
        var name = typed.strip().replaceAll("\\s+", " ");
        if (!Label.isName(name) || name.equals(label) || workspace.labels().find(label).isEmpty()) {
            return;
        }
        if (workspace.labels().find(name).isPresent()) {
            if (dialogs.confirm(
                    Texts.get("label.merge", label, name),
                    Texts.get("label.merge.question", label, name),
                    Texts.get("label.merge.action"))) {
                change(
                        Texts.get("label.merge", label, name),
                        project -> LabelChanges.merge(project, label, name),
                        name);
            }
            return;
        }
        boolean next = workspace.currentLabel().equals(label);
        workspace.apply(new RenameLabel(label, name));
        if (next) {
            workspace.setCurrentLabel(name);
        }
        list.mark(name);
        list.countAgain();
    }

    /// @param rgb `0xRRGGBB`
    public void recolor(String label, int rgb) {
        replace(label, before -> before.withColor(rgb));
    }

    public void describe(String label, String description) {
        replace(label, before -> before.withDescription(description.strip()));
    }

    /// Other names of the label, with commas between them.
    public void setAliases(String label, String typed) {
        var aliases =
                Arrays.stream(typed.split(","))
                        .map(String::strip)
                        .filter(Label::isName)
                        .distinct()
                        .toList();
        replace(label, before -> before.withAliases(aliases));
    }

    /// Gives the label a key of its own; an empty one leaves it the digit of its place. A key that a command or another
    /// label has is refused, with words.
    ///
    /// @return whether it has that key now
    public boolean setKey(String label, String typed) {
        var key = LabelKeys.normal(typed);
        if (key.isEmpty()) {
            replace(label, before -> before.withShortcut(""));
            return true;
        }
        if (!LabelKeys.isKey(key)) {
            dialogs.notify(Texts.get("label.key.onlyLetters"));
            return false;
        }
        var command = keys.commandOf(key);
        if (command.isPresent()) {
            dialogs.notify(Texts.get("label.key.isCommand", key, command.get().title()));
            return false;
        }
        var other =
                workspace.labels().labels().stream()
                        .filter(one ->
                                !one.name().equals(label)
                                        && LabelKeys.normal(one.shortcut()).equals(key))
                        .findFirst();
        if (other.isPresent()) {
            dialogs.notify(Texts.get("label.key.isLabel", key, other.get().name()));
            return false;
        }
        replace(label, before -> before.withShortcut(key));
        return true;
    }

    /// Moves a label up or down the list, whose order the classes have in an export.
    public void move(String label, int by) {
        var names = workspace.labels().names();
        int place = names.indexOf(label);
        if (place >= 0) {
            moveTo(label, Math.clamp(place + by, 0, names.size() - 1));
        }
    }

    /// Puts a label in this place of the list.
    public void moveTo(String label, int place) {
        var before = workspace.labels();
        var moved = new ArrayList<>(before.labels());
        var found = before.find(label);
        if (found.isPresent()) {
            moved.remove(found.get());
            moved.add(Math.clamp(place, 0, moved.size()), found.get());
            apply(before, new LabelSet(moved));
        }
    }

    private void replace(String label, UnaryOperator<Label> change) {
        var before = workspace.labels();
        before.find(label)
                .ifPresent(found -> apply(before, before.replace(found, change.apply(found))));
    }

    private void apply(LabelSet before, LabelSet after) {
        if (!before.equals(after)) {
            workspace.apply(new ReplaceLabels(before, after));
        }
    }

    /// Deletes a label that has no objects; of one that has some, asks what becomes of them.
    public void delete(String label) {
        workspace.<LabelChanges.Preview>read(
                Texts.get("label.job.delete"),
                (project, _) -> LabelChanges.preview(project, label),
                found -> {
                    if (found.objects() == 0) {
                        deleteWithObjects(label);
                    } else {
                        deletion.set(
                                Optional.of(
                                        new Deletion(
                                                label,
                                                found.objects(),
                                                found.images(),
                                                workspace.labels().names().stream()
                                                        .filter(name -> !name.equals(label))
                                                        .toList())));
                    }
                },
                dialogs::show);
    }

    /// Deletes a label and all of its objects.
    public void deleteWithObjects(String label) {
        deletion.set(Optional.empty());
        change(Texts.get("label.job.delete"), project -> LabelChanges.delete(project, label), "");
    }

    /// Deletes a label and gives its objects another one.
    public void deleteAfterMoving(String label, String into) {
        deletion.set(Optional.empty());
        change(
                Texts.get("label.merge", label, into),
                project -> LabelChanges.merge(project, label, into),
                into);
    }

    public void giveUpDeletion() {
        deletion.set(Optional.empty());
    }

    private void change(String name, Change work, String marked) {
        var shown = workspace.currentImage();
        Set<ImageId> images = shown == null ? Set.of() : Set.of(shown.id());
        workspace.<Boolean>change(
                name,
                (project, _) -> {
                    work.run(project);
                    return new ProjectWork.Changed<>(images, true);
                },
                _ -> {
                    list.mark(marked);
                    list.countAgain();
                    workspace.images().reload();
                },
                dialogs::show);
    }

    /// Keeps the labels in a file of their own, for other projects.
    public void saveSet() {
        var labels = workspace.labels();
        dialogs.chooseTarget(
                        Texts.get("label.set.save"),
                        folder(),
                        Texts.get("label.set.name"),
                        LabelSetFile.EXTENSION)
                .ifPresent(file ->
                        tasks.<Boolean>run(
                                Texts.get("label.set.save"),
                                _ -> {
                                    LabelSetFile.write(file, labels);
                                    return true;
                                },
                                _ ->
                                        dialogs.notify(
                                                Texts.get(
                                                        "label.set.saved",
                                                        labels.labels().size(),
                                                        file)),
                                dialogs::show));
    }

    /// Fetches labels from a file: they come first, in the order of the file; those that the project has besides follow.
    public void loadSet() {
        dialogs.chooseFile(Texts.get("label.set.load"), folder())
                .ifPresent(file ->
                        tasks.<LabelSet>run(
                                Texts.get("label.set.load"),
                                _ -> LabelSetFile.read(file),
                                this::take,
                                dialogs::show));
    }

    private void take(LabelSet fetched) {
        var before = workspace.labels();
        var all = new ArrayList<>(fetched.labels());
        before.labels().stream()
                .filter(label -> fetched.find(label.name()).isEmpty())
                .forEach(all::add);
        apply(before, new LabelSet(all));
        dialogs.notify(Texts.get("label.set.loaded", fetched.labels().size()));
    }

    private Optional<Path> folder() {
        return workspace.project().map(project -> project.file().toAbsolutePath().getParent());
    }

    /// The label that is to be deleted although it has objects; empty where none is.
    public ReadOnlyObjectProperty<Optional<Deletion>> deletionProperty() {
        return deletion.getReadOnlyProperty();
    }

    LabelSet labels() {
        return workspace.labels();
    }

    LabelViewModel list() {
        return list;
    }
}
