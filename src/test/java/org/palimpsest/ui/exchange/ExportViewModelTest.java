package org.palimpsest.ui.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.ReplaceLabels;
import org.palimpsest.format.Finding;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelState;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.Asking;
import org.palimpsest.ui.support.ImageOrder;
import org.palimpsest.ui.support.ImageQuery;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class ExportViewModelTest {
    @TempDir Path folder;

    private final Workspace workspace = Samples.workspace();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Commands commands = new Commands();
    private final Asking asking = new Asking();

    private final FakeModel model = new FakeModel(Path.of("fake"));
    private final InferenceService inference =
            new InferenceService((_, _) -> model, InstantSource.fixed(Samples.NOW));

    @AfterEach
    void close() {
        inference.close();
    }

    private ExportViewModel export() {
        return new ExportViewModel(
                workspace,
                inference,
                SettingsStore.open(folder.resolve("settings.json")),
                dialogs,
                new ImmediateTaskRunner(),
                asking,
                commands);
    }

    private static FormatChoice format(ExportViewModel export, String id) {
        return export.formats().stream()
                .filter(choice -> choice.format().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Preview preview(ExportViewModel export) {
        return export.previewProperty().get().orElseThrow();
    }

    @Test
    void trainersOfPaliGemmaComeFirst() {
        var formats = export().formats();
        assertThat(formats.getFirst().group()).isEqualTo(FormatChoice.Group.PALIGEMMA);
        assertThat(formats.stream().map(FormatChoice::group).toList()).isSorted();
    }

    @Test
    void theFirstExamplesOfATrainerAreShownBeforehand() throws Exception {
        Samples.open(workspace, Samples.images(folder, 2));
        Samples.addBox(workspace, "cat", new Box(0, 0, 100, 100));
        // A label without objects is not asked for.
        var labels = workspace.labels();
        workspace.apply(new ReplaceLabels(labels, labels.with("object")));
        var export = export();

        commands.run(Command.EXPORT);

        assertThat(export.showingProperty().get()).isTrue();
        assertThat(preview(export).summary()).isEqualTo("2 images · 1 object · no texts");
        assertThat(preview(export).examples().getFirst())
                .isEqualTo("a.png\ndetect cat\n→ <loc0000><loc0000><loc1023><loc0512> cat");
        assertThat(preview(export).files().stream().map(Preview.PreviewFile::name))
                .anyMatch(name -> name.endsWith(".jsonl"));
        assertThat(export.targetProperty().get()).endsWith("test-" + formatId(export));
        assertThat(export.readyProperty().get()).isTrue();
    }

    private static String formatId(ExportViewModel export) {
        return export.formatProperty().get().format().id();
    }

    @Test
    void classesAreShownAndWrittenInThePersonsOrder() throws Exception {
        Samples.open(workspace, Samples.images(folder, 1));
        workspace.apply(
                new ReplaceLabels(
                        LabelSet.EMPTY, LabelSet.ofNames(List.of("zebra", "ant", "mole"))));
        Samples.addBox(workspace, "ant", new Box(0, 0, 100, 100));
        var export = export();
        export.export();
        export.formatProperty().set(format(export, "yolo-detect"));
        assertThat(preview(export).classes()).containsExactly("zebra", "ant", "mole");
        var target = folder.resolve("out");
        export.typeTarget(target.toString());

        export.run();

        assertThat(export.problemProperty().get()).isEmpty();
        assertThat(Files.readString(target.resolve("data.yaml")))
                .containsSubsequence("zebra", "ant", "mole");
        assertThat(dialogs.messages.getFirst()).startsWith("1 entry exported to ");
        dialogs.actions.getFirst().run();
        assertThat(dialogs.folders).containsExactly(target);
    }

    @Test
    void whatAFormatCannotCarryIsSaidBeforeAndAfter() throws Exception {
        Samples.open(workspace, Samples.images(folder, 1));
        var half = Mask.of(200, 100, (x, y) -> x < 100 && y < 50);
        workspace.apply(
                AddAnnotations.onTopOf(workspace.current(), List.of(Samples.drawn("cat", half))));
        var export = export();
        export.export();
        export.formatProperty().set(format(export, "voc"));
        assertThat(preview(export).losses()).anyMatch(loss -> loss.contains("pixel masks"));
        export.typeTarget(folder.resolve("out").toString());
        export.run();
        assertThat(export.reportProperty().get().orElseThrow().lines())
                .containsAll(preview(export).losses());
    }

    @Test
    void scopeSplitAndReviewDecideWhatIsExported() throws Exception {
        Samples.open(workspace, Samples.images(folder, 3));
        workspace.propose(
                workspace.currentImage().id(),
                "detect cat",
                List.of(Samples.predicted("cat", new Box(0, 0, 9, 9), "detect cat")));
        workspace.step(1);
        Samples.addBox(workspace, "cat", new Box(0, 0, 100, 100));
        workspace.changeDetails(
                details -> details.withState(ImageState.DONE).withSplit(Split.TEST));
        var export = export();
        export.export();
        assertThat(preview(export).summary()).isEqualTo("3 images · 2 objects · no texts");
        export.acceptedOnlyProperty().set(true);
        assertThat(preview(export).summary()).isEqualTo("3 images · 1 object · no texts");
        export.scopeProperty().set(Scope.DONE);
        assertThat(preview(export).images()).isEqualTo(1);
        export.splitProperty().set(Optional.of(Split.TRAIN));
        assertThat(preview(export).images()).isZero();
        assertThat(export.readyProperty().get()).isFalse();
        export.splitProperty().set(Optional.of(Split.TEST));
        assertThat(preview(export).images()).isEqualTo(1);
        export.splitProperty().set(Optional.empty());
        export.scopeProperty().set(Scope.LIST);
        workspace
                .images()
                .ask(new ImageQuery(ImageFilter.parse("label:cat"), ImageOrder.ADDED, false));
        export.export();
        assertThat(preview(export).images()).isEqualTo(2);
    }

    @Test
    @Timeout(20)
    void masksAreWrittenWhereTheModelKnowsThem() throws Exception {
        inference.useModel(Path.of("fake"));
        while (!(inference.modelState() instanceof ModelState.Ready)) {
            Thread.sleep(1);
        }
        Samples.open(workspace, Samples.images(folder, 1));
        var half = Mask.of(200, 100, (x, y) -> x < 100 && y < 50);
        workspace.apply(
                AddAnnotations.onTopOf(workspace.current(), List.of(Samples.drawn("cat", half))));
        var export = export();
        export.export();
        assertThat(preview(export).examples())
                .anyMatch(example -> example.contains("<seg127>".repeat(16)));
    }

    @Test
    void aSettingOfTheFormatChangesThePreview() throws Exception {
        Samples.open(workspace, Samples.images(folder, 1));
        Samples.addBox(workspace, "Cat", new Box(0, 0, 100, 100));
        var export = export();
        export.export();
        var line =
                export.settings().stream()
                        .filter(one -> one.setting().name().equals("lower-case"))
                        .findFirst()
                        .orElseThrow();
        line.value().set("both");
        assertThat(preview(export).examples().getFirst()).contains("detect cat");
        line.value().set("nonsense");
        assertThat(export.previewProperty().get()).isEmpty();
        assertThat(export.problemProperty().get()).isPresent();
    }

    @Test
    void aFolderThatIsInTheWayIsAProblemInWords() throws Exception {
        Samples.open(workspace, Samples.images(folder, 1));
        Samples.addBox(workspace, "cat", new Box(0, 0, 100, 100));
        var export = export();
        export.export();
        export.typeTarget(folder.toString());
        export.run();
        assertThat(export.problemProperty().get().orElseThrow().summary())
                .isEqualTo("The export's folder exists already");
        assertThat(export.runningProperty().get()).isFalse();
        export.typeTarget(folder.resolve("missing").resolve("out").toString());
        export.run();
        assertThat(export.problemProperty().get()).isPresent();
        assertThat(dialogs.messages).isEmpty();
    }

    @Test
    void theNextExportIsOfferedBesideTheLastOne() throws Exception {
        Samples.open(workspace, Samples.images(folder, 1));
        Samples.addBox(workspace, "cat", new Box(0, 0, 100, 100));
        var export = export();
        export.formatProperty().set(format(export, "coco"));
        export.export();
        dialogs.folder = Optional.of(folder);
        export.chooseTarget();
        assertThat(export.targetProperty().get()).isEqualTo(folder.resolve("test-coco").toString());
        export.run();
        export.close();
        export.export();
        assertThat(export.targetProperty().get())
                .isEqualTo(folder.resolve("test-coco-2").toString());
    }

    @Test
    void withoutAProjectThereIsNothingToExport() {
        var export = export();
        assertThat(commands.run(Command.EXPORT)).isFalse();
        export.export();
        assertThat(export.showingProperty().get()).isFalse();
    }

    /// Two labels that differ in capitals, and a file that is broken by now: a warning and an error.
    private ExportViewModel exportWithAnError() throws Exception {
        Samples.open(workspace, Samples.images(folder, 2));
        Samples.addBox(workspace, "cat", new Box(0, 0, 100, 100));
        workspace.step(1);
        Samples.addBox(workspace, "Cat", new Box(20, 20, 90, 60));
        Files.writeString(folder.resolve("b.png"), "no picture");
        var export = export();
        export.export();
        export.typeTarget(folder.resolve("out").toString());
        return export;
    }

    private List<String> beside() throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static ExportCheck check(ExportViewModel export) {
        return export.checkProperty().get().orElseThrow();
    }

    @Test
    void theCheckWritesNothingAndLeadsToTheImages() throws Exception {
        var export = exportWithAnError();
        var before = beside();

        export.check();

        assertThat(beside()).isEqualTo(before);
        assertThat(export.reportProperty().get()).isEmpty();
        assertThat(export.blockedProperty().get()).isFalse();
        assertThat(check(export).errors()).isEqualTo(1);
        assertThat(check(export).rows().getFirst())
                .isEqualTo(
                        new FindingRow.Heading(
                                Finding.Severity.ERROR, "images that cannot be read", 1));
        var wrong = check(export).rows().get(1);
        assertThat(((FindingRow.Line) wrong).place()).endsWith("jsonl line 2");
        workspace.step(-1);
        var closed = new ArrayList<String>();
        export.onImageShown(() -> closed.add("pages"));

        export.show(wrong);

        assertThat(String.valueOf(workspace.currentImage().file().getFileName()))
                .isEqualTo("b.png");
        assertThat(export.showingProperty().get()).isFalse();
        assertThat(closed).containsExactly("pages");
        export.export();
        assertThat(check(export).errors()).isEqualTo(1);
    }

    @Test
    void errorsOfTheCheckStopTheExportUnlessThePersonInsists() throws Exception {
        var export = exportWithAnError();
        var before = beside();

        export.run();

        assertThat(beside()).isEqualTo(before);
        assertThat(export.blockedProperty().get()).isTrue();
        assertThat(export.reportProperty().get()).isEmpty();

        export.runAnyway();

        assertThat(export.blockedProperty().get()).isFalse();
        assertThat(export.reportProperty().get().orElseThrow().totals())
                .matches("5 files · 2 entries · [0-9.]+ (bytes|kB)");
        assertThat(folder.resolve("out")).isDirectory();
    }

    @Test
    void anotherChoiceMakesTheCheckObsolete() throws Exception {
        var export = exportWithAnError();
        export.run();
        export.acceptedOnlyProperty().set(true);
        assertThat(export.checkProperty().get()).isEmpty();
        assertThat(export.blockedProperty().get()).isFalse();
    }

    @Test
    void exactlyTheSelectedImagesAreExported() throws Exception {
        var images = Samples.images(folder, 3);
        Samples.open(workspace, images);
        var export = export();
        export.export();
        assertThat(export.scopes()).doesNotContain(Scope.SELECTED);
        asking.selectedImagesProperty()
                .set(Set.of(images.get(2).id(), images.get(0).id(), ImageId.random()));
        assertThat(export.title(Scope.SELECTED)).isEqualTo("Selected images (3)");
        export.formatProperty().set(format(export, "coco"));
        export.scopeProperty().set(Scope.SELECTED);
        assertThat(preview(export).images()).isEqualTo(2);
        export.typeTarget(folder.resolve("out").toString());

        export.run();

        try (var files = Files.walk(folder.resolve("out"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("a.png", "c.png")
                    .doesNotContain("b.png");
        }
        asking.selectedImagesProperty().set(Set.of());
        export.export();
        assertThat(export.scopeProperty().get()).isEqualTo(Scope.ALL);
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidAndNothingStays() throws Exception {
        Samples.open(workspace, Samples.images(folder, 1));
        Samples.addBox(workspace, "cat", new Box(0, 0, 100, 100));
        var export = export();
        export.export();
        var before = beside();
        export.typeTarget(folder.resolve("none/out").toString());
        export.run();
        assertThat(export.problemProperty().get().orElseThrow().summary())
                .isEqualTo("There is no folder to export to");
        assertThat(export.readyProperty().get()).isTrue();
        assertThat(beside()).isEqualTo(before);
    }
}
