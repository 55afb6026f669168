package org.palimpsest.ui.models;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.inference.ModelState;
import org.palimpsest.settings.Settings;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ModelAdmission;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;

/// Chooses the model that answers, after its terms were agreed to, and remembers it; carries out the commands about that.
///
/// Confined to the interface's thread.
public final class ModelUse {
    private final InferenceService inference;
    private final SettingsStore settings;
    private final DialogService dialogs;
    private final TaskRunner tasks;
    private final ModelAdmission admission;
    private final Path bundledModel;
    private final ReadOnlyBooleanWrapper other = new ReadOnlyBooleanWrapper();

    /// @param bundledModel the folder of the model that comes with the program
    public ModelUse(
            InferenceService inference,
            SettingsStore settings,
            DialogService dialogs,
            TaskRunner tasks,
            ModelAdmission admission,
            Path bundledModel,
            Commands commands) {
        this.inference = inference;
        this.settings = settings;
        this.dialogs = dialogs;
        this.tasks = tasks;
        this.admission = admission;
        this.bundledModel = bundledModel;
        commands.on(Command.CHOOSE_MODEL, this::chooseModel);
        commands.on(Command.CHOOSE_ADAPTER, this::chooseAdapter);
        commands.on(Command.BUNDLED_MODEL, other, () -> use(ModelChoice.of(bundledModel)));
        inference.onModelState(state -> tasks.onInterface(() -> look(state)));
    }

    private void look(ModelState state) {
        switch (state) {
            case ModelState.Ready(var card) -> other.set(!isBundled(card.folder()));
            case ModelState.Broken(var folder, _) -> other.set(!isBundled(folder));
            case ModelState.None _, ModelState.Opening _ -> {}
        }
    }

    boolean isBundled(Path folder) {
        return folder.equals(bundledModel);
    }

    Path bundledModel() {
        return bundledModel;
    }

    Settings settings() {
        return settings.settings();
    }

    Optional<ModelChoice> chosen() {
        return inference.chosenModel();
    }

    /// Uses a model from now on, also after the next start, once the person may.
    void use(ModelChoice choice) {
        admission.admit(
                choice,
                () -> {
                    inference.useModel(choice);
                    boolean bundled = isBundled(choice.folder());
                    change(
                            now -> {
                                var models = now.models();
                                if (!bundled) {
                                    models = models.withFolder(choice.folder());
                                }
                                if (choice.adapter().isPresent()) {
                                    models = models.withAdapter(choice.adapter().get());
                                }
                                return now.withModels(models)
                                        .withModel(
                                                bundled
                                                        ? Optional.empty()
                                                        : Optional.of(choice.folder()),
                                                choice.adapter());
                            },
                            () -> {});
                });
    }

    /// Knows of a folder from now on.
    void remember(Path folder, boolean isAdapter, Runnable then) {
        change(
                now ->
                        now.withModels(
                                isAdapter
                                        ? now.models().withAdapter(folder)
                                        : now.models().withFolder(folder)),
                then);
    }

    /// Does not know of a folder any more; its files stay.
    void forget(Path folder, Runnable then) {
        change(
                now ->
                        now.withModels(now.models().withoutFolder(folder).withoutAdapter(folder))
                                .withModel(
                                        now.modelFolder().filter(one -> !one.equals(folder)),
                                        now.adapter().filter(one -> !one.equals(folder))),
                then);
    }

    /// Changes the settings in the background.
    private void change(UnaryOperator<Settings> change, Runnable then) {
        tasks.<Boolean>run(
                Texts.get("models.job.settings"),
                _ -> {
                    settings.update(change);
                    return true;
                },
                _ -> then.run(),
                dialogs::show);
    }

    private void chooseModel() {
        dialogs.chooseFolder(
                        Texts.get("shell.choose.model"),
                        settings().modelFolder().map(Path::getParent))
                .ifPresent(folder -> use(ModelChoice.of(folder)));
    }

    private void chooseAdapter() {
        var now = chosen();
        if (now.isEmpty()) {
            return;
        }
        var inUse = now.get().adapter();
        if (inUse.isPresent()
                && dialogs.confirm(
                        Texts.get("prompt.adapter"),
                        Texts.get("prompt.adapter.inUse", inUse.get().getFileName()),
                        Texts.get("prompt.adapter.takeOff"))) {
            use(now.get().withAdapter(Optional.empty()));
            return;
        }
        dialogs.chooseFolder(Texts.get("prompt.adapter.choose"), inUse.map(Path::getParent))
                .ifPresent(folder -> use(now.get().withAdapter(Optional.of(folder))));
    }
}
