package org.palimpsest.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.job.Progress;
import org.palimpsest.modelstore.ModelFolder;
import org.palimpsest.modelstore.SparseModel;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.runtime.GpuState;

@Timeout(120)
class DoctorTest {
    private static final Path BUNDLED = Path.of("assets", "model");

    @TempDir Path folder;

    private static Diagnosis examine(Surroundings around, Path model) {
        return new Doctor(() -> around).examine(DeviceChoice.AUTO, model, Progress.NONE);
    }

    private static List<String> words(Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .map(one -> one.severity() + " " + FindingWords.of(one).oneLine())
                .toList();
    }

    @Test
    void aComputerWithoutAGpuIsWellAndTheModelRuns() {
        var diagnosis = examine(Cases.noGpu(), BUNDLED);
        assertThat(diagnosis.findings()).containsExactly(new Finding.NoGpu(Machine.isLinux()));
        assertThat(diagnosis.isHealthy()).isTrue();
        var trial = diagnosis.trial().orElseThrow();
        assertThat(trial.answer()).contains("red circle");
        assertThat(trial.loadMilliseconds()).isPositive();
        assertThat(trial.firstTokenMilliseconds())
                .isPositive()
                .isLessThan(trial.answerMilliseconds());
        assertThat(trial.tokensPerSecond()).isPositive();
    }

    @Test
    void aGpuWithoutADriverIsTold() {
        var finding = examine(Cases.noDriver(), BUNDLED).findings().getFirst();
        assertThat(finding)
                .isEqualTo(
                        new Finding.DriverMissing("libcuda.so.1", DriverCommand.forThisSystem()));
        assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
    }

    @Test
    void missingCudaLibrariesAreNamedWithTheCommandThatFetchesThem() {
        var diagnosis = examine(Cases.cudaMissing(), BUNDLED);
        assertThat(words(diagnosis).getFirst())
                .startsWith("WARNING The GPU cannot be used: CUDA libraries are missing")
                .contains("RTX 4070", "libcudart.so.12, libcublasLt.so.12, libcublas.so.12");
        assertThat(diagnosis.findings().getFirst().command())
                .isEqualTo(
                        CudaInstaller.isSupported()
                                ? Optional.of("palimpsest doctor --install-cuda")
                                : Optional.empty());
        assertThat(diagnosis.isHealthy()).isTrue();
    }

    @Test
    void aModelThatIsTooLargeIsNotTried() throws IOException, ProblemException {
        var model = SparseModel.write(folder.resolve("paligemma-3b-mix-224"));
        var diagnosis = examine(Cases.small(), model);
        assertThat(words(diagnosis).getFirst())
                .isEqualTo(
                        "ERROR Not enough memory on this computer: paligemma-3b-mix-224 needs about 12.9 GB,"
                                + " 3.0 of 8.0 GB are free. Use a smaller model, a smaller image size, or"
                                + " the q4 files of an ONNX folder");
        assertThat(diagnosis.trial()).isEmpty();
    }

    @Test
    void aFileThatIsCutOffOrMissingIsNamed() throws IOException {
        var damaged = folder.resolve("damaged");
        Files.createDirectories(damaged);
        try (var files = Files.list(BUNDLED)) {
            for (var file : files.toList()) {
                Files.copy(file, damaged.resolve(file.getFileName()));
            }
        }
        var weights = damaged.resolve("model.safetensors");
        try (var file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        var cutOff = examine(Cases.noGpu(), damaged);
        assertThat(cutOff.findings().getFirst()).isInstanceOf(Finding.ModelDamaged.class);
        assertThat(words(cutOff).getFirst()).startsWith("ERROR ").contains("model.safetensors");
        assertThat(cutOff.trial()).isEmpty();

        Files.delete(weights);
        assertThat(words(examine(Cases.noGpu(), damaged)).getFirst()).contains("model.safetensors");
    }

    @Test
    void whatAModelNeedsFollowsItsSizeAndWhereItRuns() throws IOException, ProblemException {
        var model = ModelFolder.read(SparseModel.write(folder.resolve("large")));
        assertThat(model.parameters()).isEqualTo(2_923_466_480L);
        assertThat(MemoryNeed.onProcessor(model).weights()).isEqualTo(4 * 2_923_466_480L);
        assertThat(MemoryNeed.onGpu(model).weights()).isBetween(5_846_000_000L, 5_848_000_000L);
        // Measured: 13.1 GB (docs/performance.md).
        assertThat(MemoryNeed.onProcessor(model).total())
                .isBetween(12_500_000_000L, 13_500_000_000L);

        var memories = new Memories(3_000_000_000L, 8_000_000_000L, List.of(Cases.GPU));
        assertThat(memories.rooms(model))
                .extracting(room -> room.fit().verdict())
                .containsExactly(MemoryFit.Verdict.TOO_LARGE, MemoryFit.Verdict.FITS);
    }

    @Test
    void theReportHasEveryFindingWithItsCommand() {
        var lines = Report.lines(examine(Cases.cudaMissing(), BUNDLED), "1.0", "/opt/palimpsest");
        assertThat(lines)
                .contains("Palimpsest    1.0", "Installation  /opt/palimpsest")
                .anyMatch(line ->
                        line.startsWith("GPU           NVIDIA GeForce RTX 4070, driver 570"))
                .anyMatch(line -> line.startsWith("Warning       The GPU cannot be used"))
                .anyMatch(line -> line.startsWith("Model         "));
    }

    @Test
    void everyStateOfTheGpuHasAFinding() {
        var states =
                List.of(
                        new GpuState.Usable(Cases.GPU),
                        new GpuState.NoDevice(0),
                        new GpuState.DriverFails("error 999", ""),
                        new GpuState.NoCudaCode(true),
                        new GpuState.NoCudaCode(false),
                        new GpuState.Refused(Cases.GPU, "no kernel image"));
        var found =
                states.stream()
                        .map(state ->
                                examine(
                                                Cases.computer(1L << 34, 1L << 35, state),
                                                Path.of("nowhere"))
                                        .findings())
                        .map(findings ->
                                findings.size() == 1
                                        ? "none"
                                        : findings.get(1).getClass().getSimpleName())
                        .toList();
        assertThat(found)
                .containsExactly(
                        "none",
                        "DriverFails",
                        "DriverFails",
                        "ProcessorPackage",
                        "NoGpu",
                        "GpuRefused");
    }

    @Test
    void theDriversCommandIsThatOfTheDistribution() {
        assertThat(DriverCommand.in(List.of("ID=ubuntu", "ID_LIKE=debian")))
                .contains("sudo ubuntu-drivers install");
        assertThat(DriverCommand.in(List.of("ID=linuxmint", "ID_LIKE=\"ubuntu debian\"")))
                .contains("sudo ubuntu-drivers install");
        assertThat(DriverCommand.in(List.of("ID=alpine"))).isEmpty();
    }
}
