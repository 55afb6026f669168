package org.palimpsest.ui.prompt;

import de.saxsys.mvvmfx.ViewModel;
import java.util.List;
import java.util.Set;
import javafx.beans.value.ObservableStringValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ProjectPrompt;
import org.palimpsest.settings.PromptPreset;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ProjectWork;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// The prompts that the person kept, sets of labels among them, and the one that each project was asked last.
///
/// Confined to the interface's thread.
public final class PresetsViewModel implements ViewModel {
    private static final int MOST = 100;

    private final Workspace workspace;
    private final PromptViewModel prompt;
    private final SettingsStore settings;
    private final DialogService dialogs;
    private final TaskRunner tasks;
    private final ObservableList<PromptPreset> presets = FXCollections.observableArrayList();
    private boolean recalling;

    public PresetsViewModel(
            Workspace workspace,
            PromptViewModel prompt,
            SettingsStore settings,
            DialogService dialogs,
            TaskRunner tasks) {
        this.workspace = workspace;
        this.prompt = prompt;
        this.settings = settings;
        this.dialogs = dialogs;
        this.tasks = tasks;
        presets.setAll(settings.settings().presets());
        workspace.openProjectProperty().addListener(_ -> recall());
        prompt.askedProperty().addListener((_, _, asked) -> remember(asked));
        recall();
    }

    /// Begins where the project was left, or with its labels.
    private void recall() {
        workspace.read(
                Texts.get("prompt.job.recall"),
                (project, _) ->
                        new Recalled(
                                ProjectPrompt.of(project).orElse(""), project.labels().names()),
                recalled -> {
                    recalling = true;
                    if (!recalled.prompt().isEmpty()) {
                        prompt.usePrompt(recalled.prompt());
                    } else if (!recalled.labels().isEmpty()) {
                        prompt.useProjectLabels();
                    }
                    recalling = false;
                },
                dialogs::show);
    }

    private record Recalled(String prompt, List<String> labels) {}

    private void remember(String asked) {
        if (asked.isEmpty() || recalling) {
            return;
        }
        workspace.change(
                Texts.get("prompt.job.recall"),
                (project, _) -> {
                    ProjectPrompt.save(project, asked);
                    return new ProjectWork.Changed<>(Set.of(), true);
                },
                _ -> {},
                dialogs::show);
    }

    public ObservableList<PromptPreset> presets() {
        return presets;
    }

    /// Fills the fields with a prompt that was kept.
    public void use(PromptPreset preset) {
        prompt.usePrompt(preset.prompt());
    }

    /// Keeps the prompt as it stands, under a name that the person gives.
    public void keep() {
        var text = prompt.previewProperty().get();
        if (text.isEmpty() || presets.size() >= MOST) {
            return;
        }
        dialogs.askForText(Texts.get("prompt.presets.keep"), Texts.get("prompt.presets.name"), text)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> {
                    presets.removeIf(preset -> preset.name().equals(name));
                    presets.add(new PromptPreset(name, text));
                    save();
                });
    }

    public void remove(PromptPreset preset) {
        presets.remove(preset);
        save();
        dialogs.notify(
                Texts.get("prompt.presets.removed", preset.name()),
                Texts.get("prompt.presets.undo"),
                () -> {
                    presets.add(preset);
                    save();
                });
    }

    private void save() {
        var now = List.copyOf(presets);
        tasks.run(
                Texts.get("prompt.job.presets"),
                _ -> {
                    saveAll(now);
                    return true;
                },
                _ -> {},
                dialogs::show);
    }

    private void saveAll(List<PromptPreset> now) throws ProblemException {
        settings.update(current -> current.withPresets(now));
    }

    /// The prompt as it stands; empty while it cannot be kept.
    ObservableStringValue promptProperty() {
        return prompt.previewProperty();
    }
}
