package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.inference.PaliGemmaOpener;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.control.LabelField;
import org.palimpsest.ui.exchange.ExportViewModel;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.prompt.TaskKind;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.RecordingDialogs;

/// The window as a person meets it first: the sample images, the bundled model, no other settings.
@Timeout(180)
final class BundledModelWindowTest {
    /// Where the triangle of the first sample is, as `assets/samples/truth.json` says.
    private static final Box TRIANGLE = new Box(103, 24, 181, 104);

    @TempDir Path folder;

    @Test
    void theFirstSampleIsOutlinedAndExported() throws Exception {
        var installation = Installation.locate();
        assumeTrue(Files.isRegularFile(installation.bundledModel().resolve("model.safetensors")));
        FxThread.start();
        var dialogs = new RecordingDialogs();
        copySamples(installation);
        var stage = FxThread.call(Stage::new);
        var session = FxThread.call(() -> open(stage, installation, dialogs));
        try {
            FxThread.await("the samples", () -> session.workspace().images().lines().size() >= 24);
            FxThread.await(
                    "the toy model is named",
                    () ->
                            ((Label) stage.getScene().lookup("#bannerText"))
                                    .getText()
                                    .startsWith("Toy"));
            FxThread.run(() -> {
                var labels = (LabelField) stage.getScene().lookup("#labels");
                labels.labels().setAll("triangle");
                session.viewModel(PromptViewModel.class).kindProperty().set(TaskKind.SEGMENT);
                ((Button) stage.getScene().lookup("#run")).fire();
            });
            FxThread.await("an answer", () -> !session.workspace().current().objects().isEmpty());

            var found = FxThread.call(() -> session.workspace().current().objects().getFirst());
            assertThat(found.label()).isEqualTo("triangle");
            assertThat(found.region()).isInstanceOf(Mask.class);
            assertThat(found.region().bounds().iou(TRIANGLE)).isGreaterThan(0.5);

            var target = folder.resolve("exported");
            var export = session.viewModel(ExportViewModel.class);
            FxThread.run(export::export);
            FxThread.await("a preview", () -> export.readyProperty().get());
            FxThread.run(() -> {
                export.typeTarget(target.toString());
                export.run();
            });
            FxThread.await("the files", () -> export.reportProperty().get().isPresent());
            assertThat(dialogs.problems).isEmpty();
            try (var files = Files.walk(target)) {
                var file =
                        files.filter(one -> one.toString().endsWith(".jsonl"))
                                .findFirst()
                                .orElseThrow();
                assertThat(Files.readAllLines(file))
                        .anyMatch(line ->
                                line.contains("\"segment triangle\"") && line.contains("<seg"));
            }
        } finally {
            FxThread.run(() -> {
                stage.close();
                session.close();
            });
        }
    }

    private DesktopSession open(Stage stage, Installation installation, RecordingDialogs dialogs) {
        var samples = folder.resolve("samples");
        var environment =
                new DesktopSession.Environment(
                        new PaliGemmaOpener(DeviceChoice.AUTO, installation.bundledModel()),
                        SettingsStore.open(folder.resolve("settings.json")),
                        dialogs,
                        "ada",
                        new ProjectOpener.Places(folder.resolve("projects"), folder));
        var session = new DesktopSession(stage, environment, installation.bundledModel());
        stage.show();
        session.begin(List.of(samples));
        return session;
    }

    /// The project of a folder of images is made in that folder.
    private void copySamples(Installation installation) throws Exception {
        var copies = Files.createDirectory(folder.resolve("samples"));
        for (var image : ImageFiles.list(installation.samples())) {
            Files.copy(image, copies.resolve(image.getFileName()));
        }
    }
}
