package org.palimpsest.ui.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.Asking;
import org.palimpsest.ui.support.Contrast;
import org.palimpsest.ui.support.FeatureWindow;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Exports and imports through the dialogs, on a headless platform.
@Timeout(120)
final class ExchangeWindowTest {
    @TempDir Path folder;

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Commands commands = new Commands();
    private final Asking asking = new Asking();
    private final InferenceService inference =
            new InferenceService(
                    (_, _) -> new FakeModel(Path.of("fake")), InstantSource.fixed(Samples.NOW));
    private Workspace workspace;
    private ExportViewModel export;

    @BeforeEach
    void open() throws Exception {
        FxThread.start();
        var images = Samples.images(folder, 3);
        FxThread.run(() -> {
            var tasks = new ImmediateTaskRunner();
            workspace = Samples.workspace(tasks, dialogs);
            Samples.open(workspace, images);
            Samples.addBox(workspace, "zebra with a long name", new Box(0, 0, 100, 100));
            var cat = Samples.addBox(workspace, "cat", new Box(50, 20, 150, 80));
            workspace.apply(
                    AddAnnotations.onTopOf(
                            workspace.current(),
                            List.of(
                                    TextAnnotation.of(
                                                    "caption en",
                                                    "the small one",
                                                    workspace.drawnNow())
                                            .referringTo(cat.id()))));
            export =
                    new ExportViewModel(
                            workspace,
                            inference,
                            SettingsStore.open(folder.resolve("settings.json")),
                            dialogs,
                            tasks,
                            asking,
                            commands);
            export.export();
        });
    }

    @AfterEach
    void close() {
        Texts.use(Locale.ENGLISH);
        inference.close();
    }

    private void choose(FeatureWindow window, String id) throws Exception {
        ListView<FormatChoice> formats = window.node("#formats");
        FxThread.run(() -> {
            for (var choice : formats.getItems()) {
                if (choice.format().id().equals(id)) {
                    formats.getSelectionModel().select(choice);
                    formats.scrollTo(choice);
                }
            }
        });
    }

    private void exportTo(FeatureWindow window, Path target) throws Exception {
        TextField field = window.node("#target");
        FxThread.run(() -> {
            field.setText(target.toString());
            field.requestFocus();
        });
        window.press(KeyCode.ENTER);
    }

    @Test
    void theDialogExportsToATrainerAndToCoco() throws Exception {
        try (var window = FeatureWindow.open(ExportView.class, 1060, 720, export)) {
            Label summary = window.node("#summary");
            assertThat(FxThread.call(summary::getText)).isEqualTo("3 images · 2 objects · 1 text");
            window.pictures("export-trainer");
            var jsonl = folder.resolve("trainer");
            exportTo(window, jsonl);
            Label report = window.node("#reportSummary");
            assertThat(FxThread.call(report::getText)).contains("exported to " + jsonl);
            try (var files = Files.walk(jsonl)) {
                assertThat(files.map(Path::toString)).anyMatch(file -> file.endsWith(".jsonl"));
            }
            window.pictures("export-done");

            choose(window, "coco");
            Label classes = window.node("#classes");
            assertThat(FxThread.call(classes::getText)).isEqualTo("zebra with a long name  ›  cat");
            window.pictures("export-coco");
            exportTo(window, folder.resolve("coco"));
            try (var files = Files.walk(folder.resolve("coco"))) {
                assertThat(files.map(Path::toString)).anyMatch(file -> file.endsWith(".json"));
            }

            exportTo(window, folder.resolve("coco"));
            Label problem = window.node("#problemText");
            assertThat(FxThread.call(problem::getText))
                    .startsWith("The export's folder exists already");
            window.pictures("export-problem");
        }
    }

    private void writeLines() throws Exception {
        Files.writeString(
                folder.resolve("train.jsonl"),
                """
                {"image":"a.png","prefix":"detect cat","suffix":"<loc0000><loc0000><loc1023><loc0512> cat"}
                {"image":"none.png","prefix":"detect cat","suffix":"<loc0000><loc0000><loc0512><loc0512> cat"}
                """);
    }

    @Test
    void theImportDialogSaysWhatCame() throws Exception {
        writeLines();
        var imports =
                FxThread.call(() ->
                        new ImportViewModel(
                                workspace, dialogs, new ImmediateTaskRunner(), commands));
        FxThread.run(imports::begin);
        try (var window = FeatureWindow.open(ImportView.class, 960, 720, imports)) {
            window.pictures("import");
            TextField source = window.node("#source");
            FxThread.run(() -> {
                source.requestFocus();
                source.setText(folder.resolve("train.jsonl").toString());
            });
            window.press(KeyCode.ENTER);
            window.pictures("import-preview");
            Button run = window.node("#run");
            FxThread.run(run::fire);
            Label report = window.node("#reportSummary");
            assertThat(FxThread.call(report::getText)).isEqualTo("1 annotation imported, 1 image");
            window.pictures("import-done");
        }
    }

    @Test
    void enterOnAFindingPutsItsImageOnTheScreen() throws Exception {
        FxThread.run(() -> {
            workspace.step(1);
            Samples.addBox(workspace, "Cat", new Box(20, 20, 90, 60));
            workspace.step(-1);
            export.close();
            export.export();
        });
        Files.writeString(folder.resolve("b.png"), "no picture");
        for (var locale : List.of(Locale.GERMAN, Locale.ENGLISH)) {
            Texts.use(locale);
            try (var window = FeatureWindow.open(ExportView.class, 1060, 720, export)) {
                exportTo(window, folder.resolve("out"));
                assertThat(folder.resolve("out")).doesNotExist();
                Label problem = window.node("#problemText");
                if (locale == Locale.ENGLISH) {
                    assertThat(FxThread.call(problem::getText))
                            .startsWith("Nothing was written: the check found 1 error.");
                }
                assertThat(FxThread.call(() -> Contrast.clipped(window.root(), Set.of())))
                        .isEmpty();
                assertThat(FxThread.call(() -> Contrast.nameless(window.root(), Set.of())))
                        .isEmpty();
                window.pictures("export-findings-" + locale.getLanguage());
                if (locale == Locale.ENGLISH) {
                    ListView<FindingRow> findings = window.node("#findings");
                    FxThread.run(findings::requestFocus);
                    window.press(KeyCode.ENTER);
                    assertThat(FxThread.call(() -> workspace.currentImage().file()))
                            .isEqualTo(folder.resolve("b.png"));
                    assertThat(FxThread.call(() -> export.showingProperty().get())).isFalse();
                }
            }
        }
    }

    @Test
    void theImagesAreDividedByKeysAlone() throws Exception {
        var asking = new Asking();
        var splits =
                FxThread.call(() ->
                        new SplitViewModel(
                                workspace, asking, dialogs, new ImmediateTaskRunner(), commands));
        FxThread.run(() -> {
            asking.selectedImagesProperty().set(Set.of(workspace.currentImage().id()));
            splits.begin();
            splits.assignSelected(Split.TEST);
        });
        try (var window = FeatureWindow.open(SplitView.class, 1060, 720, splits)) {
            window.pictures("splits");
            Slider train = window.node(".slider");
            FxThread.run(train::requestFocus);
            window.press(KeyCode.LEFT);
            assertThat(FxThread.call(() -> splits.sharesProperty().get()))
                    .isEqualTo(new Shares(75, 13, 12));
            assertThat(FxThread.call(() -> Contrast.nameless(window.root(), Set.of()))).isEmpty();
            window.press(KeyCode.ENTER);
            assertThat(FxThread.call(() -> splits.readyProperty().get())).isFalse();
            Label summary = window.node("#summary");
            assertThat(FxThread.call(summary::getText)).isEqualTo("Nothing would change");
        }
    }

    @Test
    void theLongestLanguagesFit() throws Exception {
        writeLines();
        var asking = new Asking();
        var imports =
                FxThread.call(() ->
                        new ImportViewModel(
                                workspace, dialogs, new ImmediateTaskRunner(), commands));
        var splits =
                FxThread.call(() ->
                        new SplitViewModel(
                                workspace, asking, dialogs, new ImmediateTaskRunner(), commands));
        for (var locale : List.of(Locale.FRENCH, Locale.GERMAN)) {
            Texts.use(locale);
            FxThread.run(() -> {
                asking.selectedImagesProperty().set(Set.of(workspace.currentImage().id()));
                export.export();
                imports.begin(folder.resolve("train.jsonl"));
                splits.begin();
            });
            assertFits(ExportView.class, 1060, export, "export-" + locale);
            assertFits(ImportView.class, 960, imports, "import-" + locale);
            assertFits(SplitView.class, 1060, splits, "splits-" + locale);
        }
    }

    private static <M extends ViewModel> void assertFits(
            Class<? extends FxmlView<M>> view, double width, M viewModel, String name)
            throws Exception {
        try (var window = FeatureWindow.open(view, width, 720, viewModel)) {
            FeatureWindow.settle();
            FxThread.run(() -> {
                window.root().applyCss();
                window.root().layout();
            });
            assertThat(FxThread.call(() -> Contrast.clipped(window.root(), Set.of())))
                    .as(name)
                    .isEmpty();
            window.pictures(name);
        }
    }
}
