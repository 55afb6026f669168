package org.palimpsest.ui.doctor;

import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;
import org.palimpsest.diagnosis.CudaInstaller;
import org.palimpsest.diagnosis.Diagnosis;
import org.palimpsest.diagnosis.Doctor;
import org.palimpsest.diagnosis.Finding;
import org.palimpsest.diagnosis.Report;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelCard;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.inference.ModelState;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CudaLibraries;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.ui.support.Amounts;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;

/// Examines this computer in the background when the page is opened, and keeps what was found.
///
/// Confined to the interface's thread.
public final class DoctorViewModel implements ViewModel {

    /// The slow parts of the page; replaced in tests.
    public interface Practice {
        Practice REAL =
                new Practice() {
                    @Override
                    public Diagnosis examine(Path model, Progress progress) {
                        return new Doctor().examine(DeviceChoice.AUTO, model, progress);
                    }

                    @Override
                    public void installCuda(Progress progress) throws ProblemException {
                        new CudaInstaller().install(CudaLibraries.directory(), progress);
                    }
                };

        Diagnosis examine(Path model, Progress progress);

        void installCuda(Progress progress) throws ProblemException;
    }

    private final InferenceService inference;
    private final DialogService dialogs;
    private final TaskRunner tasks;
    private final Practice practice;
    private final Path bundledModel;
    private final String version;
    private final ReadOnlyObjectWrapper<Optional<Diagnosis>> diagnosis =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> failure =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper step = new ReadOnlyStringWrapper("");
    private final BooleanProperty withModelInUse = new SimpleBooleanProperty();
    private TaskRunner.@Nullable Job job;

    /// @param bundledModel the folder of the model that comes with the program
    /// @param version of the program, for the report
    public DoctorViewModel(
            InferenceService inference,
            DialogService dialogs,
            TaskRunner tasks,
            Pages pages,
            Practice practice,
            Path bundledModel,
            String version) {
        this.inference = inference;
        this.dialogs = dialogs;
        this.tasks = tasks;
        this.practice = practice;
        this.bundledModel = bundledModel;
        this.version = version;
        pages.openProperty()
                .addListener((_, _, open) -> {
                    if (open.equals(Optional.of(Page.DOCTOR)) && diagnosis.get().isEmpty()) {
                        // A model that does not open is why the page is opened.
                        withModelInUse.set(inference.modelState() instanceof ModelState.Broken);
                        examine();
                    }
                });
    }

    /// Examines the computer with a model: the bundled one, which takes a second, or the one in use.
    void examine() {
        if (running.get()) {
            return;
        }
        running.set(true);
        failure.set(Optional.empty());
        step.set(Texts.get("doctor.step.computer"));
        var folder = model();
        var begun =
                tasks.<Optional<Diagnosis>>runShown(
                        Texts.get("doctor.job"),
                        progress -> {
                            try {
                                return Optional.of(practice.examine(folder, new Steps(progress)));
                            } catch (CancellationException e) {
                                return Optional.empty();
                            }
                        },
                        found -> {
                            end();
                            if (found.isPresent()) {
                                diagnosis.set(found);
                            }
                        },
                        problem -> {
                            end();
                            failure.set(Optional.of(problem));
                        });
        if (running.get()) {
            job = begun;
        }
    }

    private void end() {
        running.set(false);
        job = null;
    }

    /// Stops the examination where it is.
    void stop() {
        if (job != null) {
            job.cancel();
            end();
        }
    }

    private Path model() {
        return withModelInUse.get()
                ? inference.chosenModel().map(ModelChoice::folder).orElse(bundledModel)
                : bundledModel;
    }

    /// Whether another model than the bundled one is in use, so that there is a choice.
    boolean hasOtherModel() {
        return inference
                .chosenModel()
                .filter(chosen -> !chosen.folder().equals(bundledModel))
                .isPresent();
    }

    /// Asks whether to fetch the CUDA libraries, says how much that is, and fetches them in the background.
    void installCuda() {
        if (!dialogs.confirm(
                Texts.get("doctor.install.title"),
                Texts.get(
                        "doctor.install.question",
                        Amounts.bytes(CudaInstaller.DOWNLOAD_BYTES),
                        Amounts.bytes(CudaInstaller.INSTALLED_BYTES),
                        CudaLibraries.directory()),
                Texts.get("doctor.install.go"))) {
            return;
        }
        tasks.<Boolean>runShown(
                Texts.get("doctor.job.install"),
                progress -> {
                    practice.installCuda(progress);
                    return true;
                },
                _ -> {
                    dialogs.notify(Texts.get("doctor.installed"));
                    examine();
                },
                dialogs::show);
    }

    /// Whether the CUDA libraries are missing and can be fetched.
    boolean canInstallCuda() {
        return diagnosis.get().stream()
                .flatMap(one -> one.findings().stream())
                .anyMatch(one ->
                        one instanceof Finding.CudaLibrariesMissing missing
                                && missing.canInstall());
    }

    /// All of it as plain text in English, for whoever is asked for help.
    String report() {
        return diagnosis
                .get()
                .map(one ->
                        String.join(
                                "\n",
                                Report.lines(
                                        one, version, Installation.locate().home().toString())))
                .orElse("");
    }

    /// Says that the report lies on the clipboard now.
    void copied() {
        dialogs.notify(Texts.get("doctor.copied"));
    }

    /// What a model that was tried is called.
    String name(Path folder) {
        return folder.equals(bundledModel)
                ? Texts.get("doctor.model.bundled")
                : String.valueOf(folder.getFileName());
    }

    /// The model that answers in the window, if it does.
    Optional<ModelCard> cardInUse() {
        return inference.modelState() instanceof ModelState.Ready(var card)
                ? Optional.of(card)
                : Optional.empty();
    }

    ReadOnlyObjectProperty<Optional<Diagnosis>> diagnosisProperty() {
        return diagnosis.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Problem>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// What is being done, in the person's language.
    ReadOnlyStringProperty stepProperty() {
        return step.getReadOnlyProperty();
    }

    BooleanProperty withModelInUseProperty() {
        return withModelInUse;
    }

    /// Says on the page as well what is being done.
    private final class Steps implements Progress {
        private final Progress outer;
        private volatile int last = -1;

        Steps(Progress outer) {
            this.outer = outer;
        }

        @Override
        public void update(ProgressUpdate update) {
            outer.update(update);
            int now = update.fraction() < 0.1 ? 0 : 1;
            if (now != last && update.fraction() >= 0) {
                last = now;
                tasks.onInterface(() ->
                        step.set(
                                Texts.get(
                                        now == 0 ? "doctor.step.computer" : "doctor.step.model")));
            }
        }

        @Override
        public boolean isCancelled() {
            return outer.isCancelled();
        }
    }
}
