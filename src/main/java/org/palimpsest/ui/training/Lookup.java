package org.palimpsest.ui.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.palimpsest.batch.fit.EarlierRun;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.inference.ModelState;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.OpenProject;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Looks up what would be learnt with the settings as they are, where the next run would lie, and which runs there were.
///
/// Confined to the interface's thread.
final class Lookup {
    private static final String FOLDER = "adapters";

    private final Workspace workspace;
    private final InferenceService inference;
    private final FittingWork work;
    private final TrainingForm form;
    private final DialogService dialogs;
    private final Consumer<Problem> problems;
    private final Runnable onChange;
    private final AtomicInteger looks = new AtomicInteger();

    private final ReadOnlyBooleanWrapper looking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Outlook>> outlook =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<EarlierRun>> earlier =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Optional<Path>> folder =
            new SimpleObjectProperty<>(Optional.empty());
    private Optional<Path> parent = Optional.empty();
    private Map<String, String> lookedAt = Map.of();

    /// @param problems hears why something could not be looked up
    /// @param onChange is run when something else is known
    Lookup(
            Workspace workspace,
            InferenceService inference,
            FittingWork work,
            TrainingForm form,
            DialogService dialogs,
            Consumer<Problem> problems,
            Runnable onChange) {
        this.workspace = workspace;
        this.inference = inference;
        this.work = work;
        this.form = form;
        this.dialogs = dialogs;
        this.problems = problems;
        this.onChange = onChange;
    }

    /// What looking brings.
    private record Looked(Outlook outlook, Path free, List<EarlierRun> earlier) {}

    /// Finds out what would be learnt with the settings as they are, and which runs there were.
    void look() {
        int round = looks.incrementAndGet();
        lookedAt = form.values();
        var open = workspace.openProjectProperty().get();
        var model = inference.chosenModel();
        onChange.run();
        if (open.isEmpty() || model.isEmpty() || !form.rightProperty().get()) {
            looking.set(false);
            return;
        }
        Path runs = parent.orElseGet(() -> runsOf(open.get()));
        FittingWork.Wish wish;
        try {
            wish = wish(form, model.get(), runs);
        } catch (ProblemException e) {
            problems.accept(e.problem());
            return;
        }
        looking.set(true);
        String name = open.get().name();
        workspace.<Looked>read(
                Texts.get("training.job.look"),
                (project, _) -> {
                    Path file = project.file();
                    return new Looked(
                            work.look(wish, project, new Stale(looks, round)),
                            FittingWork.free(runs, name),
                            FittingWork.earlier(runs, file));
                },
                found -> {
                    if (round == looks.get()) {
                        looking.set(false);
                        outlook.set(Optional.of(found.outlook()));
                        earlier.set(found.earlier());
                        folder.set(Optional.of(found.free()));
                        onChange.run();
                    }
                },
                failed -> {
                    if (round == looks.get()) {
                        looking.set(false);
                        problems.accept(failed);
                    }
                });
    }

    /// The person left a setting, changed or not.
    void settingLeft() {
        if (!form.values().equals(lookedAt)) {
            look();
        }
    }

    /// Asks in which folder the runs are to lie.
    void chooseFolder() {
        dialogs.chooseFolder(Texts.get("training.folder.choose"), folder.get().map(Path::getParent))
                .ifPresent(chosen -> {
                    parent = Optional.of(chosen);
                    look();
                });
    }

    /// Forgets what holds for the project that was open.
    void forget() {
        parent = Optional.empty();
        outlook.set(Optional.empty());
        earlier.set(List.of());
        folder.set(Optional.empty());
    }

    /// The folder that was free is not any more.
    void takeFolder() {
        folder.set(Optional.empty());
    }

    /// What is being looked up is not wanted any more.
    void stop() {
        looks.incrementAndGet();
        looking.set(false);
    }

    private static Path runsOf(OpenProject open) {
        return Objects.requireNonNullElse(
                        open.project().file().toAbsolutePath().getParent(), Path.of("."))
                .resolve(FOLDER);
    }

    /// What to train with these settings.
    ///
    /// @throws ProblemException if they are no settings
    FittingWork.Wish wish(TrainingForm wanted, ModelChoice model, Path runFolder)
            throws ProblemException {
        boolean processor =
                inference.modelState() instanceof ModelState.Ready(var card)
                        && card.device().startsWith("CPU");
        return new FittingWork.Wish(
                model,
                processor,
                runFolder,
                wanted.settings(),
                wanted.examples(),
                wanted.holdOut(),
                wanted.values());
    }

    ReadOnlyBooleanProperty lookingProperty() {
        return looking.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Outlook>> outlookProperty() {
        return outlook.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<EarlierRun>> earlierProperty() {
        return earlier.getReadOnlyProperty();
    }

    /// The folder of the next run.
    ReadOnlyObjectProperty<Optional<Path>> folderProperty() {
        return folder;
    }
}
