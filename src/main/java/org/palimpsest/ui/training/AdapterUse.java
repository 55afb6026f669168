package org.palimpsest.ui.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.settings.Settings;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.storage.Folders;
import org.palimpsest.training.LearntFiles;
import org.palimpsest.training.report.RunRecord;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;

/// What a person does with what was learnt: uses it from now on, or throws it away.
///
/// Confined to the interface's thread.
final class AdapterUse {
    private final InferenceService inference;
    private final SettingsStore settings;
    private final DialogService dialogs;
    private final TaskRunner tasks;
    private final ReadOnlyObjectWrapper<Optional<ModelChoice>> used =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    AdapterUse(
            InferenceService inference,
            SettingsStore settings,
            DialogService dialogs,
            TaskRunner tasks) {
        this.inference = inference;
        this.settings = settings;
        this.dialogs = dialogs;
        this.tasks = tasks;
        inference.onModelState(_ -> tasks.onInterface(this::refresh));
    }

    /// The model that answers.
    ReadOnlyObjectProperty<Optional<ModelChoice>> usedProperty() {
        return used.getReadOnlyProperty();
    }

    private void refresh() {
        used.set(inference.chosenModel());
    }

    /// Whether this folder answers, as an adapter or as a model.
    boolean isUsed(Path learnt) {
        return used.get()
                .filter(choice ->
                        choice.folder().equals(learnt)
                                || choice.adapter().filter(learnt::equals).isPresent())
                .isPresent();
    }

    /// Answers with what was learnt from now on, also after the next start.
    ///
    /// @param learnt the folder of an adapter for this model, or of a model of its own
    void use(Path model, Path learnt) {
        boolean own = learnt.endsWith(LearntFiles.MODEL);
        if (own) {
            inference.useModel(ModelChoice.of(learnt));
            save(now ->
                    now.withModel(Optional.of(learnt), Optional.empty())
                            .withModels(now.models().withFolder(learnt)));
        } else {
            // The model that is open keeps the name that it was opened by, and so stays open.
            var open = used.get().map(ModelChoice::folder).filter(folder -> same(folder, model));
            inference.useModel(new ModelChoice(open.orElse(model), Optional.of(learnt)));
            save(now ->
                    now.withModel(
                                    open.isPresent() ? now.modelFolder() : Optional.of(model),
                                    Optional.of(learnt))
                            .withModels(now.models().withAdapter(learnt)));
        }
        refresh();
        dialogs.notify(Texts.get("training.used", learnt.getFileName()));
    }

    /// Deletes a run's folder, if the person wants it.
    ///
    /// @param model that answers again where what was learnt does now
    void discard(Path folder, Path model, Runnable after) {
        if (!dialogs.confirm(
                Texts.get("training.discard"),
                Texts.get("training.discard.question", folder),
                Texts.get("training.discard.action"))) {
            return;
        }
        boolean was =
                used.get()
                        .filter(choice ->
                                choice.folder().startsWith(folder)
                                        || choice.adapter()
                                                .filter(adapter -> adapter.startsWith(folder))
                                                .isPresent())
                        .isPresent();
        if (was) {
            var open = used.get().map(ModelChoice::folder).filter(known -> same(known, model));
            inference.useModel(ModelChoice.of(open.orElse(model)));
            refresh();
        }
        save(now -> {
            var known = now.models().withoutAdapter(folder);
            var changed = now.withModels(known);
            return was
                    ? changed.withModel(
                            now.modelFolder().filter(kept -> !kept.startsWith(folder)),
                            Optional.empty())
                    : changed;
        });
        tasks.<Boolean>run(
                Texts.get("training.discard"),
                _ -> {
                    delete(folder);
                    return true;
                },
                _ -> after.run(),
                dialogs::show);
    }

    /// A folder without a run's record was made by somebody else.
    private static void delete(Path folder) throws ProblemException {
        try {
            if (Files.isRegularFile(folder.resolve(RunRecord.FILE), LinkOption.NOFOLLOW_LINKS)) {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            Texts.get("training.discard.failed"),
                            folder + ": " + e.getMessage(),
                            ""),
                    e);
        }
    }

    private void save(UnaryOperator<Settings> change) {
        tasks.<Boolean>run(
                Texts.get("training.job.settings"),
                _ -> {
                    settings.update(change);
                    return true;
                },
                _ -> {},
                dialogs::show);
    }

    private static boolean same(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
}
