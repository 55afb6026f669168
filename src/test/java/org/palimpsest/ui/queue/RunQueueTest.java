package org.palimpsest.ui.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceRequest;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.Priority;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ProjectQueue;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.OpenProject;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

@Timeout(30)
final class RunQueueTest {
    private static final String PROMPT = "detect circle";
    private static final String CIRCLE = "<loc0000><loc0000><loc0511><loc1023> circle";

    @TempDir Path folder;

    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private FakeModel model = new FakeModel(Path.of("fake")).answering(PROMPT, CIRCLE);
    private InferenceService inference;
    private RunQueue queue;
    private List<ImageEntry> images;
    private Path file;

    @BeforeEach
    void open() throws ProblemException {
        images = Samples.images(folder, 5);
        file = Samples.open(workspace, images);
        startService();
        queue = queue(workspace);
    }

    private void startService() {
        var answering = model;
        inference = new InferenceService((_, _) -> answering, InstantSource.fixed(Samples.NOW));
        inference.useModel(Path.of("fake"));
    }

    private RunQueue queue(Workspace of) {
        return new RunQueue(of, inference, tasks, dialogs, System::nanoTime);
    }

    @AfterEach
    void close() {
        model.gate.release(1_000_000);
        inference.close();
        workspace.use(null);
    }

    private static ProjectQueue.Entry entry(String prompt, List<ImageId> which) {
        return new ProjectQueue.Entry(
                UUID.randomUUID(), prompt, "fake", "", "", which, 100, false, false);
    }

    private QueuedRun.State state(int index) {
        return queue.runs().get(index).state();
    }

    private List<Integer> objectCounts(Workspace of) {
        return IntStream.range(0, images.size())
                .map(i -> {
                    try {
                        return of.project()
                                .orElseThrow()
                                .image(images.get(i).id())
                                .orElseThrow()
                                .objects()
                                .size();
                    } catch (ProblemException e) {
                        throw new AssertionError(e);
                    }
                })
                .boxed()
                .toList();
    }

    @Test
    void everyImageIsLabelledAndTheRunIsUndoneAsOneStep() {
        queue.add(entry(PROMPT, List.of()));
        tasks.runHandedOver(() -> state(0) == QueuedRun.State.DONE);

        assertThat(objectCounts(workspace)).containsExactly(1, 1, 1, 1, 1);
        assertThat(workspace.current().objects()).as("also on the screen").hasSize(1);
        assertThat(queue.runs().getFirst().counts().labelled()).isEqualTo(5);
        assertThat(workspace.undoTitleProperty().get()).isEqualTo(PROMPT);

        queue.undo(queue.runs().getFirst().id());

        assertThat(objectCounts(workspace)).containsExactly(0, 0, 0, 0, 0);
        assertThat(workspace.current().objects()).isEmpty();
        assertThat(state(0)).isEqualTo(QueuedRun.State.UNDONE);
    }

    @Test
    void aPausedRunGoesOnWhereItWas() {
        model.gate = new Semaphore(2 * 2);
        queue.add(entry(PROMPT, List.of()));
        var id = queue.runs().getFirst().id();
        tasks.runHandedOver(() -> queue.runs().getFirst().counts().labelled() == 2);

        queue.pause(id);
        assertThat(state(0)).isEqualTo(QueuedRun.State.PAUSED);
        model.gate.release(1000);
        int asked = model.asked.size();
        queue.resume(id);
        tasks.runHandedOver(() -> state(0) == QueuedRun.State.DONE);

        assertThat(objectCounts(workspace)).containsExactly(1, 1, 1, 1, 1);
        assertThat(model.asked.size() - asked).isLessThanOrEqualTo(4);
        workspace.undo();
        assertThat(objectCounts(workspace)).containsExactly(0, 0, 0, 0, 0);
    }

    @Test
    void aRunGoesOnAfterTheProgramWasKilled() throws Exception {
        model.gate = new Semaphore(2 * 2);
        queue.add(entry(PROMPT, List.of()));
        tasks.runHandedOver(() -> queue.runs().getFirst().counts().labelled() == 2);
        // As a killed program does: nothing more is said to the queue, the file is as it was.
        var killed = model;
        var abandoned = inference;
        workspace.use(null);
        model = new FakeModel(Path.of("fake")).answering(PROMPT, CIRCLE);
        startService();

        var again = Samples.workspace(tasks, dialogs);
        again.use(OpenProject.open(file, false, InstantSource.fixed(Samples.NOW)));
        queue = queue(again);
        assertThat(queue.runs()).hasSize(1);
        tasks.runHandedOver(() -> state(0) == QueuedRun.State.DONE);

        assertThat(objectCounts(again)).containsExactly(1, 1, 1, 1, 1);
        assertThat(model.asked).hasSize(3);
        again.undo();
        assertThat(objectCounts(again)).containsExactly(0, 0, 0, 0, 0);
        assertThat(ProjectQueue.list(again.project().orElseThrow())).isEmpty();
        again.use(null);
        killed.gate.release(1000);
        abandoned.close();
    }

    @Test
    void aPausedRunWaitsAfterARestart() throws Exception {
        model.gate = new Semaphore(0);
        queue.add(entry(PROMPT, List.of()));
        queue.pause(queue.runs().getFirst().id());
        workspace.use(null);
        var again = Samples.workspace(tasks, dialogs);
        again.use(OpenProject.open(file, false, InstantSource.fixed(Samples.NOW)));
        queue = queue(again);
        assertThat(state(0)).isEqualTo(QueuedRun.State.PAUSED);
        again.use(null);
    }

    @Test
    void aRunThatIsMovedToTheFrontIsNext() {
        model.answering("caption en", "words");
        model.gate = new Semaphore(0);
        queue.add(entry(PROMPT, List.of()));
        queue.add(entry("caption en", List.of(images.getFirst().id())));
        tasks.runHandedOver(() -> state(0) == QueuedRun.State.RUNNING);

        queue.move(queue.runs().get(1).id(), -1);

        assertThat(queue.runs().getFirst().entry().prompt()).isEqualTo("caption en");
        assertThat(state(1)).isEqualTo(QueuedRun.State.WAITING);
        model.gate.release(1000);
        tasks.runHandedOver(() -> state(0) == QueuedRun.State.DONE);
        tasks.runHandedOver(() -> state(1) == QueuedRun.State.DONE);
        assertThat(objectCounts(workspace)).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void aPersonsQuestionComesBeforeTheRestOfARun() {
        model.gate = new Semaphore(0);
        queue.add(entry(PROMPT, List.of()));
        tasks.runHandedOver(() -> state(0) == QueuedRun.State.RUNNING);
        var job =
                inference.submit(
                        new InferenceRequest(
                                images.getFirst(),
                                Task.parse("caption en"),
                                10,
                                Priority.INTERACTIVE),
                        _ -> {});
        model.gate.release(1000);
        tasks.runHandedOver(() -> state(0) == QueuedRun.State.DONE);

        assertThat(job.state().isFinal()).isTrue();
        assertThat(model.asked.indexOf("caption en")).isLessThanOrEqualTo(1);
        assertThat(objectCounts(workspace)).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void whatAPersonDrewIsLeftAlone() {
        var box = Samples.addBox(workspace, "moon", new Box(1, 1, 20, 20));
        queue.add(entry(PROMPT, List.of()));
        tasks.runHandedOver(() -> state(0) == QueuedRun.State.DONE);

        assertThat(workspace.current().objects())
                .extracting(ObjectAnnotation::id)
                .containsExactly(box.id());
        assertThat(queue.runs().getFirst().counts().skipped()).isEqualTo(1);
    }

    @Test
    void aMalformedAnswerIsListedWithItsTextAndCanBePutRight() {
        model.answering(PROMPT, "<loc0000> circle");
        queue.add(entry(PROMPT, List.of(images.getFirst().id())));
        tasks.runHandedOver(() -> state(0) == QueuedRun.State.DONE);
        var failure = queue.runs().getFirst().failures().getFirst();
        assertThat(failure.answer()).isEqualTo("<loc0000> circle");

        queue.mend(queue.runs().getFirst().id(), failure, "<loc0000><loc0000> circle");
        tasks.runHandedOver(() -> dialogs.messages.getLast().contains("2 found"));
        queue.mend(queue.runs().getFirst().id(), failure, CIRCLE);
        tasks.runHandedOver(() -> queue.runs().getFirst().failures().isEmpty());

        assertThat(workspace.current().objects()).hasSize(1);
        assertThat(queue.runs().getFirst().counts().failed()).isZero();
    }

    @Test
    void aRunOfAModelThatCannotBeOpenedSaysSoAndTheNextOneGoesOn() {
        inference.close();
        inference =
                new InferenceService(
                        (choice, _) -> {
                            if (choice.folder().equals(Path.of("broken"))) {
                                throw new ProblemException("No config.json", "", "");
                            }
                            return model;
                        },
                        InstantSource.fixed(Samples.NOW));
        queue = queue(workspace);
        var broken =
                new ProjectQueue.Entry(
                        UUID.randomUUID(), PROMPT, "broken", "", "", List.of(), 100, false, false);
        queue.add(broken);
        queue.add(entry(PROMPT, List.of()));
        tasks.runHandedOver(() -> state(1) == QueuedRun.State.DONE);

        assertThat(state(0)).isEqualTo(QueuedRun.State.BROKEN);
        assertThat(queue.runs().getFirst().problem().orElseThrow().summary())
                .isEqualTo("No config.json");
    }
}
