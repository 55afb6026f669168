package org.palimpsest.ui.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.application.Application;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.diagnosis.Cases;
import org.palimpsest.diagnosis.Diagnosis;
import org.palimpsest.diagnosis.Doctor;
import org.palimpsest.diagnosis.MemoryFit;
import org.palimpsest.diagnosis.MemoryNeed;
import org.palimpsest.diagnosis.ModelTrial;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.job.Progress;
import org.palimpsest.modelstore.SparseModel;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.runtime.DeviceSelection;
import org.palimpsest.runtime.GpuState;
import org.palimpsest.ui.support.Contrast;
import org.palimpsest.ui.support.FeatureWindow;
import org.palimpsest.ui.support.FxTaskRunner;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.Pictures;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Texts;

/// The page of the doctor with what computers and models can lack, each with its remedy, in both themes.
@Timeout(180)
final class DoctorPicturesTest {
    private static final Path BUNDLED = Path.of("assets", "model").toAbsolutePath();

    @TempDir Path folder;

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final List<String> faults = new ArrayList<>();
    private final InferenceService inference =
            new InferenceService(
                    (choice, _) -> new FakeModel(choice),
                    InstantSource.fixed(java.time.Instant.EPOCH));

    @AfterEach
    void close() throws Exception {
        inference.close();
        Texts.use(Locale.ENGLISH);
        FxThread.run(() ->
                Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheetBSS()));
    }

    @Test
    void everyCaseIsShownWithItsRemedy() throws Exception {
        var noGpu = examine(Cases.noGpu(), BUNDLED);
        assertThat(shown("doctor-no-gpu", noGpu)).contains("There is no NVIDIA GPU");
        var cuda = examine(Cases.cudaMissing(), BUNDLED);
        assertThat(shown("doctor-cuda-missing", cuda))
                .contains("CUDA libraries are missing", "libcudart.so.12", "CUDA 12 and cuDNN 9");
        var large = SparseModel.write(folder.resolve("paligemma-3b-mix-224"));
        assertThat(shown("doctor-memory", examine(Cases.small(), large)))
                .contains("Not enough memory for paligemma-3b-mix-224", "Use a smaller model");
        assertThat(shown("doctor-damaged", examine(Cases.noGpu(), damaged())))
                .contains("damaged or incomplete", "model.safetensors", "Download the files");
        assertThat(shown("doctor-well", well())).contains("All is well", "NVIDIA GeForce RTX 4070");
        assertThat(faults).isEmpty();
    }

    @Test
    void noLanguageIsCutOff() throws Exception {
        var found = examine(Cases.cudaMissing(), folder.resolve("nowhere"));
        for (var language : Texts.LANGUAGES) {
            Texts.use(language);
            var name = "doctor-cuda-missing-" + language.getLanguage();
            shown(name, found, 900, false);
        }
        assertThat(faults).isEmpty();
    }

    private static Diagnosis examine(org.palimpsest.diagnosis.Surroundings around, Path model) {
        return new Doctor(() -> around).examine(DeviceChoice.AUTO, model, Progress.NONE);
    }

    private Path damaged() throws Exception {
        var damaged = Files.createDirectories(folder.resolve("my model"));
        try (var files = Files.list(BUNDLED)) {
            for (var file : files.toList()) {
                Files.copy(file, damaged.resolve(file.getFileName()));
            }
        }
        try (var file = new RandomAccessFile(damaged.resolve("model.safetensors").toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        return damaged;
    }

    private static Diagnosis well() {
        return new Diagnosis(
                Cases.computer(
                        40 * Cases.GIGABYTE, 64 * Cases.GIGABYTE, new GpuState.Usable(Cases.GPU)),
                Optional.of(new DeviceSelection(new Device.Cuda(0), "the first GPU")),
                BUNDLED,
                Optional.of(
                        new MemoryFit(
                                new MemoryNeed(6_000_000_000L, 50_000_000L, 90_000_000L, 1 << 29),
                                11 * Cases.GIGABYTE,
                                12 * Cases.GIGABYTE)),
                Optional.of(
                        new ModelTrial(
                                Path.of("paligemma2-3b-mix-448"),
                                "cuda:0",
                                "caption en",
                                4_200,
                                180,
                                640,
                                41.5,
                                "a red circle on a white background")),
                List.of());
    }

    /// Opens the page on what was found, writes pictures of it in both themes and two widths, and gives all its texts.
    private String shown(String name, Diagnosis found) throws Exception {
        shown(name + "-wide", found, 1280, false);
        return shown(name, found, 900, true);
    }

    private String shown(String name, Diagnosis found, int width, boolean both) throws Exception {
        var pages = new Pages();
        FxThread.start();
        var viewModel =
                FxThread.call(() ->
                        new DoctorViewModel(
                                inference,
                                dialogs,
                                new FxTaskRunner(Runnable::run),
                                pages,
                                practice(found),
                                BUNDLED,
                                "1.0"));
        var words = new StringBuilder();
        try (var window = FeatureWindow.open(DoctorView.class, width, 800, viewModel)) {
            FxThread.run(() -> pages.open(Page.DOCTOR));
            FxThread.await("the findings", () -> !viewModel.runningProperty().get());
            look(window, name, false);
            if (both) {
                look(window, name, true);
            }
            Parent root = window.node(".shell");
            FxThread.run(() ->
                    root.lookupAll(".label")
                            .forEach(label ->
                                    words.append(((Labeled) label).getText()).append('\n')));
        }
        return words.toString();
    }

    private void look(FeatureWindow window, String name, boolean dark) throws Exception {
        Parent root = window.node(".shell");
        FxThread.run(() ->
                Application.setUserAgentStylesheet(
                        dark
                                ? new PrimerDark().getUserAgentStylesheetBSS()
                                : new PrimerLight().getUserAgentStylesheetBSS()));
        FeatureWindow.settle();
        FxThread.call(() -> {
            Pictures.write(root, name + (dark ? "-dark" : "-light"), 1);
            Contrast.faint(root, Set.of()).forEach(text -> faults.add(name + " faint: " + text));
            Contrast.clipped(root, Set.of())
                    .forEach(text -> faults.add(name + " clipped: " + text));
            Contrast.nameless(root, Set.of())
                    .forEach(text -> faults.add(name + " nameless: " + text));
            return true;
        });
    }

    private static DoctorViewModel.Practice practice(Diagnosis found) {
        return new DoctorViewModel.Practice() {
            @Override
            public Diagnosis examine(Path model, Progress progress) {
                return found;
            }

            @Override
            public void installCuda(Progress progress) {}
        };
    }
}
