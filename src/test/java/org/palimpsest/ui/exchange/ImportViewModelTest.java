package org.palimpsest.ui.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class ImportViewModelTest {
    @TempDir Path folder;

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private final Commands commands = new Commands();
    private final ImportViewModel imports =
            new ImportViewModel(workspace, dialogs, tasks, commands);

    @BeforeEach
    void open() throws Exception {
        // The project knows the first of both pictures.
        var images = Samples.images(folder, 2);
        Samples.open(workspace, images.subList(0, 1));
        Samples.addBox(workspace, "dog", new Box(1, 1, 5, 5));
        Files.writeString(
                folder.resolve("train.jsonl"),
                """
                {"image":"a.png","prefix":"detect cat","suffix":"<loc0000><loc0000><loc1023><loc0512> cat"}
                {"image":"b.png","prefix":"detect cat","suffix":"<loc0000><loc0000><loc0512><loc0512> cat"}
                {"image":"missing.png","prefix":"detect cat","suffix":"<loc0000><loc0000><loc0512><loc0512> cat"}
                """);
    }

    private List<String> objects() {
        return workspace.current().objects().stream().map(ObjectAnnotation::label).toList();
    }

    @Test
    void annotationsAreAddedAsOneStepWithWordsForWhatIsMissing() {
        assertThat(commands.run(Command.IMPORT)).isTrue();
        assertThat(imports.readyProperty().get()).isFalse();
        dialogs.file = Optional.of(folder.resolve("train.jsonl"));
        imports.chooseFile();

        imports.run();

        var report = imports.reportProperty().get().orElseThrow();
        assertThat(report.summary()).isEqualTo("2 annotations imported, 2 images");
        assertThat(report.lines()).anyMatch(line -> line.contains("missing.png"));
        assertThat(objects()).containsExactly("dog", "cat");
        assertThat(workspace.images().lines()).hasSize(2);
        assertThat(workspace.labels().names()).containsExactly("dog", "cat");
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("import train.jsonl");

        dialogs.actions.getFirst().run();
        assertThat(objects()).containsExactly("dog");
        assertThat(workspace.images().lines()).hasSize(1);
    }

    @Test
    void aFileOfAnotherFormatChangesNothing() {
        imports.begin();
        imports.sourceProperty().set(folder.resolve("train.jsonl").toString());
        imports.formatProperty()
                .set(
                        imports.formats().stream()
                                .filter(choice -> choice.format().id().equals("coco"))
                                .findFirst()
                                .orElseThrow());
        imports.run();
        assertThat(imports.problemProperty().get()).isPresent();
        assertThat(imports.runningProperty().get()).isFalse();
        imports.sourceProperty().set(folder.resolve("none.json").toString());
        imports.run();
        assertThat(imports.problemProperty().get().orElseThrow().summary())
                .isEqualTo("There is no such file or folder");
        assertThat(objects()).containsExactly("dog");
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("add dog");
    }

    @Test
    void imagesAreFoundInTheFolderThatIsNamed() throws Exception {
        var elsewhere = Files.createDirectories(folder.resolve("x/y/z"));
        Files.move(folder.resolve("train.jsonl"), elsewhere.resolve("train.jsonl"));
        imports.begin();
        imports.sourceProperty().set(elsewhere.resolve("train.jsonl").toString());
        dialogs.folder = Optional.of(folder);
        imports.chooseImageFolder();
        imports.run();
        assertThat(objects()).containsExactly("dog", "cat");
    }

    @Test
    void withoutAProjectThereIsNothingToImportInto() {
        workspace.use(null);
        assertThat(commands.run(Command.IMPORT)).isFalse();
    }

    private ImportPreview preview() {
        return imports.previewProperty().get().orElseThrow();
    }

    @Test
    void whatWouldComeIsShownAndNothingChanges() {
        imports.begin(folder.resolve("train.jsonl"));

        assertThat(imports.recognisedProperty().get()).isTrue();
        assertThat(preview().summary()).isEqualTo("2 images · 2 objects · no texts");
        assertThat(preview().images()).isEqualTo("1 in the project already · 1 new · 1 not found");
        assertThat(preview().labels())
                .containsExactly(new ImportPreview.LabelCount("cat", 2, "cat", true));
        assertThat(preview().rows()).first().asString().startsWith("a.png  cat  0, 0");
        assertThat(preview().findings()).hasSize(1);
        assertThat(preview().findings().getFirst().place()).contains("train.jsonl line 3");
        assertThat(objects()).containsExactly("dog");
        assertThat(workspace.images().lines()).hasSize(1);
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("add dog");
    }

    @Test
    void labelsGetTheNamesThatThePersonGivesThem() throws Exception {
        Files.writeString(
                folder.resolve("two.jsonl"),
                """
                {"image":"a.png","prefix":"detect cat ; cow","suffix":"<loc0000><loc0000><loc1023><loc0512> cat ; <loc0000><loc0000><loc0512><loc0512> cow"}
                """);
        imports.begin(folder.resolve("two.jsonl"));
        assertThat(imports.labels()).hasSize(2);
        imports.labels().get(0).becomes().set(" dog ");
        imports.labels().get(1).becomes().set("");
        assertThat(imports.readyProperty().get()).isTrue();
        imports.labels().get(1).becomes().set("no\tname");
        assertThat(imports.readyProperty().get()).isFalse();
        imports.labels().get(1).becomes().set("");

        imports.run();

        assertThat(objects()).containsExactly("dog", "dog");
        assertThat(workspace.labels().names()).containsExactly("dog");
    }

    @Test
    void anImportCanBeTakenBackInTheDialog() {
        imports.begin(folder.resolve("train.jsonl"));
        imports.run();
        assertThat(imports.readyProperty().get()).isFalse();
        assertThat(objects()).containsExactly("dog", "cat");

        imports.takeBack();

        assertThat(objects()).containsExactly("dog");
        assertThat(workspace.images().lines()).hasSize(1);
        assertThat(imports.reportProperty().get()).isEmpty();
        assertThat(imports.readyProperty().get()).isTrue();
    }

    @Test
    void anotherProgramsFileIsRecognisedAndItsFaultsNameThePlace() throws Exception {
        Files.writeString(folder.resolve("broken.json"), "{\"annotations\": [ {\"id\": ");
        imports.begin(folder.resolve("broken.json"));
        assertThat(imports.formatProperty().get().format().id()).isEqualTo("coco");
        var problem = imports.problemProperty().get().orElseThrow();
        assertThat(problem.oneLine()).contains("broken.json").contains("line 1");
        assertThat(imports.readyProperty().get()).isFalse();
        imports.run();
        assertThat(objects()).containsExactly("dog");
    }

    @Test
    void aFileOfAnnotationsThatIsDroppedIsOfferedForImport() {
        assertThat(imports.offer(folder.resolve("a.png"))).isFalse();
        assertThat(imports.showingProperty().get()).isFalse();
        assertThat(imports.offer(folder.resolve("train.jsonl"))).isTrue();
        assertThat(imports.showingProperty().get()).isTrue();
        assertThat(preview().isEmpty()).isFalse();
        workspace.use(null);
        assertThat(imports.offer(folder.resolve("train.jsonl"))).isFalse();
    }
}
