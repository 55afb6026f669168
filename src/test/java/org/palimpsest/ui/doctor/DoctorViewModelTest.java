package org.palimpsest.ui.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.palimpsest.diagnosis.Cases;
import org.palimpsest.diagnosis.CudaInstaller;
import org.palimpsest.diagnosis.Diagnosis;
import org.palimpsest.diagnosis.Finding;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelState;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.RecordingDialogs;

@Timeout(30)
final class DoctorViewModelTest {
    private static final Path BUNDLED = Path.of("bundled");
    private static final Path OTHER = Path.of("other");

    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Pages pages = new Pages();
    private final List<Path> examined = new ArrayList<>();
    private final InferenceService inference =
            new InferenceService(
                    (choice, _) -> {
                        if (choice.folder().equals(OTHER)) {
                            throw new ProblemException("No config.json", "in it", "Look again");
                        }
                        return new FakeModel(choice);
                    },
                    InstantSource.fixed(Instant.EPOCH));
    private final DoctorViewModel doctor =
            new DoctorViewModel(inference, dialogs, tasks, pages, new Hands(), BUNDLED, "1.2.3");
    private boolean cancels;
    private int installations;

    private final class Hands implements DoctorViewModel.Practice {
        @Override
        public Diagnosis examine(Path model, Progress progress) {
            if (cancels) {
                throw new CancellationException();
            }
            examined.add(model);
            return new Diagnosis(
                    Cases.cudaMissing(),
                    Optional.empty(),
                    model,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(
                            new Finding.NoGpu(true),
                            new Finding.CudaLibrariesMissing(
                                    Cases.GPU, List.of("libcudart.so.12"), true)));
        }

        @Override
        public void installCuda(Progress progress) {
            installations++;
        }
    }

    @AfterEach
    void close() {
        inference.close();
    }

    @Test
    void theComputerIsExaminedWhenThePageIsOpenedForTheFirstTime() {
        assertThat(doctor.diagnosisProperty().get()).isEmpty();
        pages.open(Page.DOCTOR);
        pages.close();
        pages.open(Page.DOCTOR);
        assertThat(examined).containsExactly(BUNDLED);
        assertThat(doctor.runningProperty().get()).isFalse();
        // The worst comes first.
        assertThat(doctor.diagnosisProperty().get().orElseThrow().findings().getFirst())
                .isInstanceOf(Finding.CudaLibrariesMissing.class);
        doctor.examine();
        assertThat(examined).hasSize(2);
    }

    @Test
    void aModelThatDoesNotOpenIsWhatIsLookedAt() {
        inference.useModel(OTHER);
        tasks.runHandedOver(() -> inference.modelState() instanceof ModelState.Broken);
        pages.open(Page.DOCTOR);
        assertThat(examined).containsExactly(OTHER);
        assertThat(doctor.hasOtherModel()).isTrue();
        doctor.withModelInUseProperty().set(false);
        doctor.examine();
        assertThat(examined).containsExactly(OTHER, BUNDLED);
    }

    @Test
    void nothingIsFetchedBeforeThePersonAgreesToItsSize() {
        pages.open(Page.DOCTOR);
        assertThat(doctor.canInstallCuda()).isTrue();
        dialogs.confirms = false;
        doctor.installCuda();
        assertThat(installations).isZero();
        assertThat(dialogs.questions.getFirst())
                .contains("2.0 GB", "Maven Central", "NVIDIA’s licence");
        assertThat(CudaInstaller.DOWNLOAD_BYTES).isGreaterThan(2_000_000_000L);

        dialogs.confirms = true;
        doctor.installCuda();
        assertThat(installations).isOne();
        assertThat(examined).hasSize(2);
        assertThat(dialogs.messages).containsExactly("The CUDA libraries are there.");
    }

    @Test
    void theReportIsPlainTextWithEverythingInIt() {
        assertThat(doctor.report()).isEmpty();
        pages.open(Page.DOCTOR);
        assertThat(doctor.report())
                .startsWith("Palimpsest    1.2.3\n")
                .contains(
                        "\nWarning       The GPU cannot be used: CUDA libraries are missing",
                        "\n              $ palimpsest doctor --install-cuda");
    }

    @Test
    void whatWasStoppedLeavesWhatWasFoundBefore() {
        pages.open(Page.DOCTOR);
        var before = doctor.diagnosisProperty().get();
        cancels = true;
        doctor.examine();
        assertThat(doctor.diagnosisProperty().get()).isEqualTo(before);
        assertThat(doctor.runningProperty().get()).isFalse();
    }
}
