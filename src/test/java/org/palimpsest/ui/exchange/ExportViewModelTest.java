package org.palimpsest.ui.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelState;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class ExportViewModelTest {
    @TempDir Path folder;

    private final Workspace workspace = Samples.workspace();
    private final RecordingDialogs dialogs = new RecordingDialogs();

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
                new ImmediateTaskRunner());
    }

    @Test
    void boxesAreWrittenAsTheAnswerToADetectPrompt() throws Exception {
        Samples.open(workspace, Samples.images(folder, 2));
        Samples.addBox(workspace, "cat", new Box(0, 0, 100, 100));
        var target = folder.resolve("out.jsonl");
        dialogs.target = Optional.of(target);

        export().export();

        assertThat(Files.readAllLines(target))
                .containsExactly(
                        "{\"image\":\"a.png\",\"prefix\":\"detect cat\","
                                + "\"suffix\":\"<loc0000><loc0000><loc1023><loc0512> cat\"}");
        assertThat(dialogs.messages.getFirst()).startsWith("1 example exported to ");
        assertThat(dialogs.problems).isEmpty();
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
        dialogs.target = Optional.of(folder.resolve("out.jsonl"));

        export().export();

        assertThat(Files.readAllLines(folder.resolve("out.jsonl")))
                .containsExactly(
                        "{\"image\":\"a.png\",\"prefix\":\"detect cat\","
                                + "\"suffix\":\"<loc0000><loc0000><loc0512><loc0512> cat\"}",
                        "{\"image\":\"a.png\",\"prefix\":\"segment cat\","
                                + "\"suffix\":\"<loc0000><loc0000><loc0512><loc0512>"
                                + "<seg127>".repeat(16)
                                + " cat\"}");
    }

    @Test
    void withNothingToExportNoFileIsAskedFor() throws Exception {
        Samples.open(workspace, Samples.images(folder, 1));
        dialogs.target = Optional.of(folder.resolve("out.jsonl"));

        export().export();

        assertThat(dialogs.problems.getFirst().summary())
                .isEqualTo("There is nothing to export yet");
        assertThat(folder.resolve("out.jsonl")).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeWrittenIsAProblemInWords() throws Exception {
        Samples.open(workspace, Samples.images(folder, 1));
        Samples.addBox(workspace, "cat", new Box(0, 0, 100, 100));
        dialogs.target = Optional.of(folder.resolve("missing").resolve("out.jsonl"));

        export().export();

        assertThat(dialogs.problems).hasSize(1);
        assertThat(dialogs.messages).isEmpty();
    }
}
