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
        imports.formatProperty()
                .set(
                        imports.formats().stream()
                                .filter(choice -> choice.format().id().equals("coco"))
                                .findFirst()
                                .orElseThrow());
        imports.sourceProperty().set(folder.resolve("train.jsonl").toString());
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
}
