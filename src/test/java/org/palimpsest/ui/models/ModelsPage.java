package org.palimpsest.ui.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.palimpsest.diagnosis.Cases;
import org.palimpsest.diagnosis.Memories;
import org.palimpsest.diagnosis.ModelTrial;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.job.Progress;
import org.palimpsest.modelstore.SparseModel;
import org.palimpsest.modelstore.WeightCheck;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.ModelAdmission;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.TaskRunner;

/// The page of models with real folders, a model that says what it is told, and a computer of 16 GB with a GPU.
final class ModelsPage implements AutoCloseable {
    static final Path BUNDLED = Path.of("assets", "model").toAbsolutePath();
    static final Path TINY =
            Path.of("src/test/resources/reference/tiny-paligemma1").toAbsolutePath();
    static final Path ADAPTER =
            Path.of("src/test/resources/reference/training/tiny-paligemma1/lora-final")
                    .toAbsolutePath();

    final RecordingDialogs dialogs = new RecordingDialogs();
    final Commands commands = new Commands();
    final Pages pages = new Pages();
    final SettingsStore settings;
    final InferenceService inference;
    final ModelAdmission admission;
    final ModelUse use;
    final ModelsViewModel viewModel;

    /// Thrown by the next load test, where set.
    volatile ProblemException failure;

    volatile ModelChoice tested;

    ModelsPage(Path folder, TaskRunner tasks) {
        settings = SettingsStore.open(folder.resolve("settings.json"));
        inference =
                new InferenceService(
                        (choice, _) -> {
                            if (!Files.exists(choice.folder().resolve("config.json"))) {
                                throw new ProblemException(
                                        "No config.json", choice.folder().toString(), "Look again");
                            }
                            return new FakeModel(choice);
                        },
                        InstantSource.fixed(Instant.EPOCH));
        admission = new ModelAdmission(settings, tasks, dialogs, pages, BUNDLED);
        use = new ModelUse(inference, settings, dialogs, tasks, admission, BUNDLED, commands);
        viewModel =
                new ModelsViewModel(
                        inference,
                        use,
                        admission,
                        pages,
                        dialogs,
                        tasks,
                        new ModelsViewModel.Probes(
                                () ->
                                        new Memories(
                                                9 * Cases.GIGABYTE,
                                                16 * Cases.GIGABYTE,
                                                List.of(Cases.GPU)),
                                tester()));
    }

    /// A folder of the published size with a card that names Google's terms.
    static Path large(Path folder) throws Exception {
        var large = SparseModel.write(folder.resolve("paligemma-3b-mix-224"));
        Files.writeString(
                large.resolve("README.md"),
                "---\nlicense: gemma\nlibrary_name: transformers\n---\n# PaliGemma model card\n\nModel page: PaliGemma\n");
        return large;
    }

    private ModelTester tester() {
        return new ModelTester() {
            @Override
            public ModelTrial load(ModelChoice choice, Progress progress) throws ProblemException {
                tested = choice;
                if (failure != null) {
                    throw failure;
                }
                return new ModelTrial(
                        choice.folder(), "cpu", "caption en", 812, 143, 402, 23.4, "a red circle");
            }

            @Override
            public WeightCheck check(Path folder, Progress progress) throws ProblemException {
                return WeightCheck.of(folder, progress);
            }
        };
    }

    @Override
    public void close() {
        inference.close();
    }
}
