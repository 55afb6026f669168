package org.palimpsest.ui.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.batch.ImageRun;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ProjectQueue;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.Asking;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

@Timeout(30)
final class QueueViewModelTest {
    private static final String PROMPT = "detect circle";

    @TempDir Path folder;

    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private final FakeModel model = new FakeModel(Path.of("fake"));
    private final Asking asking = new Asking();
    private final Commands commands = new Commands();
    private InferenceService inference;
    private QueueViewModel queue;
    private List<ImageEntry> images;

    @BeforeEach
    void open() throws ProblemException {
        images = Samples.images(folder, 3);
        Samples.open(workspace, images);
        model.gate = new Semaphore(0);
        inference = new InferenceService((_, _) -> model, InstantSource.fixed(Samples.NOW));
        inference.useModel(
                new ModelChoice(Path.of("fake"), Optional.of(Path.of("adapters", "street"))));
        var runs = new RunQueue(workspace, inference, tasks, dialogs, System::nanoTime);
        queue = new QueueViewModel(runs, workspace, asking, inference, dialogs, commands);
    }

    @AfterEach
    void close() {
        model.gate.release(1_000_000);
        inference.close();
        workspace.use(null);
    }

    @Test
    void aRunIsAboutTheSelectedTheListedOrAllImagesAndTheModelInUse() {
        assertThat(commands.enabled(Command.RUN_ON_ALL).get()).isFalse();
        asking.taskProperty().set(Optional.of(Task.parse(PROMPT)));
        assertThat(commands.enabled(Command.RUN_ON_ALL).get()).isTrue();
        assertThat(commands.enabled(Command.RUN_ON_SELECTION).get()).isFalse();
        asking.selectedImagesProperty().set(Set.of(images.get(1).id()));
        for (var command :
                List.of(Command.RUN_ON_SELECTION, Command.RUN_ON_FILTER, Command.RUN_ON_ALL)) {
            assertThat(commands.run(command)).isTrue();
        }

        var entries = queue.runs().stream().map(QueuedRun::entry).toList();
        assertThat(entries)
                .extracting(ProjectQueue.Entry::images)
                .containsExactly(
                        List.of(images.get(1).id()),
                        images.stream().map(ImageEntry::id).toList(),
                        List.of());
        assertThat(entries)
                .allSatisfy(entry -> {
                    assertThat(entry.prompt()).isEqualTo(PROMPT);
                    assertThat(entry.model()).isEqualTo("fake");
                    assertThat(Path.of(entry.adapter())).isEqualTo(Path.of("adapters", "street"));
                });
        assertThat(queue.leftProperty().get()).isEqualTo(3);
        assertThat(queue.modelWords(queue.runs().getFirst())).endsWith("street · 1 image");
    }

    @Test
    void pausingResumingAndRemovingGoToTheRun() {
        asking.taskProperty().set(Optional.of(Task.parse(PROMPT)));
        commands.run(Command.RUN_ON_ALL);
        queue.pauseOrResume(queue.runs().getFirst());
        assertThat(queue.runs().getFirst().state()).isEqualTo(QueuedRun.State.PAUSED);
        queue.pauseOrResume(queue.runs().getFirst());
        assertThat(queue.runs().getFirst().state()).isEqualTo(QueuedRun.State.OPENING);
        queue.remove(queue.runs().getFirst());
        assertThat(queue.runs()).isEmpty();
    }

    @Test
    void howARunStandsIsSaidInWords() {
        var entry =
                new ProjectQueue.Entry(
                        UUID.randomUUID(), PROMPT, "fake", "", "", List.of(), 9, true, false);
        var waiting = QueuedRun.waiting(entry);
        assertThat(QueueViewModel.words(waiting)).isEqualTo("Waiting");
        var running =
                waiting.begun(7, new ImageRun.Counts(100, 0, 0, 0, 0), List.of())
                        .at(new ImageRun.Counts(100, 10, 12, 1, 1), 2, 44);
        assertThat(running.run()).isEqualTo(OptionalLong.of(7));
        assertThat(running.fraction()).isEqualTo(0.12);
        assertThat(QueueViewModel.words(running))
                .isEqualTo("Running · 12 of 100 · 2.0 images a second · 44 s left · 1 failed");
        var slow = running.at(new ImageRun.Counts(9000, 10, 12, 0, 0), 0.1, 7500);
        assertThat(QueueViewModel.words(slow))
                .isEqualTo("Running · 10 of 9,000 · 10.0 s an image · 2 h 5 min left");
        assertThat(QueueViewModel.words(running.broken(new Problem("No memory", "", ""))))
                .isEqualTo("Stopped · No memory");
    }
}
