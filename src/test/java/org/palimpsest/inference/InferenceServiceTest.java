package org.palimpsest.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.inference.tile.TileOptions;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.support.Samples;

@Timeout(30)
final class InferenceServiceTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Path FOLDER = Path.of("models", "fake");

    @TempDir Path temporary;

    private final FakeModel model = new FakeModel(FOLDER);
    private final List<Path> opened = new CopyOnWriteArrayList<>();
    private volatile ProblemException openingFails;
    private InferenceService service;
    private ImageEntry image;

    @BeforeEach
    void start() throws ProblemException {
        image = Samples.images(temporary, 1).getFirst();
        service =
                new InferenceService(
                        (choice, progress) -> {
                            opened.add(choice.folder());
                            progress.message("Reading weights");
                            if (openingFails != null) {
                                throw openingFails;
                            }
                            return model;
                        },
                        InstantSource.fixed(NOW));
        service.useModel(FOLDER);
    }

    @AfterEach
    void stop() {
        model.gate.release(1_000_000);
        service.close();
    }

    @Test
    void anAnswerIsStreamedAndBecomesAnnotationsOfTheModel() {
        model.answering("detect circle", "<loc0000><loc0000><loc0511><loc1023> circle");
        var states = new CopyOnWriteArrayList<JobState>();

        var job = service.submit(request("detect circle", Priority.INTERACTIVE), states::add);
        await(() -> job.state().isFinal());

        var prediction = succeeded(job);
        assertThat(prediction.annotations()).hasSize(1);
        var found = (ObjectAnnotation) prediction.annotations().getFirst();
        assertThat(found.label()).isEqualTo("circle");
        assertThat(found.region()).isEqualTo(new Box(0, 0, 200, 511 / 1023.0 * 100));
        assertThat(found.provenance())
                .isEqualTo(new Provenance.Predicted("fake", "detect circle", 0.9, NOW));
        assertThat(states)
                .anyMatch(state ->
                        state instanceof JobState.Running running
                                && running.tokens() == 1
                                && running.textSoFar().startsWith("<loc0000>"));
    }

    @Test
    void textBecomesATextAnnotationWithItsPrompt() {
        model.answering("caption en", "a red circle");

        var job = service.submit(request("caption en", Priority.INTERACTIVE), _ -> {});
        await(() -> job.state().isFinal());

        var text = (TextAnnotation) succeeded(job).annotations().getFirst();
        assertThat(text.text()).isEqualTo("a red circle");
        assertThat(text.prompt()).isEqualTo("caption en");
    }

    @Test
    void aMalformedAnswerKeepsItsTextAndReason() {
        model.answering("detect circle", "<loc0000><loc0000> circle");

        var job = service.submit(request("detect circle", Priority.INTERACTIVE), _ -> {});
        await(() -> job.state().isFinal());

        var prediction = succeeded(job);
        assertThat(prediction.output()).isInstanceOf(ParsedOutput.Malformed.class);
        assertThat(prediction.text()).isEqualTo("<loc0000><loc0000> circle");
        assertThat(prediction.annotations()).isEmpty();
    }

    @Test
    void theMostUrgentRequestIsNextAndEquallyUrgentOnesKeepTheirOrder() {
        model.gate = new Semaphore(0);
        var first = service.submit(request("caption en", Priority.PREFETCH), _ -> {});
        await(() -> model.asked.size() == 1);
        var jobs = new ArrayList<InferenceJob>();
        jobs.add(service.submit(request("answer en one", Priority.BATCH), _ -> {}));
        jobs.add(service.submit(request("answer en two", Priority.PREFETCH), _ -> {}));
        jobs.add(service.submit(request("answer en three", Priority.INTERACTIVE), _ -> {}));
        jobs.add(service.submit(request("answer en four", Priority.INTERACTIVE), _ -> {}));
        assertThat(jobs.get(3).state()).isEqualTo(new JobState.Queued(2));

        model.gate.release(1000);
        await(() -> jobs.stream().allMatch(job -> job.state().isFinal()));

        assertThat(first.state()).isInstanceOf(JobState.Succeeded.class);
        assertThat(model.asked)
                .containsExactly(
                        "caption en",
                        "answer en three",
                        "answer en four",
                        "answer en two",
                        "answer en one");
    }

    @Test
    void aRunningAnswerStopsWithinOneToken() {
        model.answering("caption en", "one two three four five");
        model.gate = new Semaphore(2);
        var job = service.submit(request("caption en", Priority.INTERACTIVE), _ -> {});
        await(() -> job.state() instanceof JobState.Running running && running.tokens() == 2);

        job.cancel();
        model.gate.release(1);
        await(() -> job.state().isFinal());

        assertThat(job.state()).isEqualTo(new JobState.Cancelled("one two "));
    }

    @Test
    void aWaitingRequestIsCancelledWithoutBeingAsked() {
        model.gate = new Semaphore(0);
        service.submit(request("caption en", Priority.INTERACTIVE), _ -> {});
        await(() -> model.asked.size() == 1);
        var waiting = service.submit(request("ocr", Priority.INTERACTIVE), _ -> {});

        waiting.cancel();

        assertThat(waiting.state()).isEqualTo(new JobState.Cancelled(""));
        model.gate.release(1000);
        var last = service.submit(request("cap en", Priority.BATCH), _ -> {});
        await(() -> last.state().isFinal());
        assertThat(model.asked).containsExactly("caption en", "cap en");
    }

    @Test
    void lackOfMemoryFailsTheRequestAndTheServiceLives() {
        model.failure = new OutOfMemoryError("test");
        var failed = service.submit(request("caption en", Priority.INTERACTIVE), _ -> {});
        await(() -> failed.state().isFinal());
        var next = service.submit(request("caption en", Priority.INTERACTIVE), _ -> {});
        await(() -> next.state().isFinal());

        assertThat(failed.state()).isInstanceOf(JobState.Failed.class);
        assertThat(((JobState.Failed) failed.state()).problem().summary()).contains("memory");
        assertThat(next.state()).isInstanceOf(JobState.Succeeded.class);
    }

    @Test
    void aMistakeOfTheModelFailsTheRequestAndTheServiceLives() {
        model.failure = new IllegalStateException("shape");
        var failed = service.submit(request("caption en", Priority.INTERACTIVE), _ -> {});
        await(() -> failed.state().isFinal());
        var next = service.submit(request("caption en", Priority.INTERACTIVE), _ -> {});
        await(() -> next.state().isFinal());

        assertThat(((JobState.Failed) failed.state()).problem().detail())
                .isEqualTo("IllegalStateException: shape");
        assertThat(next.state()).isInstanceOf(JobState.Succeeded.class);
    }

    @Test
    void aListenerThatFailsDoesNotStopTheService() {
        var job =
                service.submit(
                        request("caption en", Priority.INTERACTIVE),
                        _ -> {
                            throw new IllegalStateException("listener");
                        });
        await(() -> job.state().isFinal());

        var next = service.submit(request("ocr", Priority.INTERACTIVE), _ -> {});
        await(() -> next.state() instanceof JobState.Succeeded);
    }

    @Test
    void anImageThatIsGoneFailsTheRequestInWords() throws Exception {
        Files.delete(image.file());
        var job = service.submit(request("caption en", Priority.INTERACTIVE), _ -> {});
        await(() -> job.state().isFinal());

        assertThat(job.state()).isInstanceOf(JobState.Failed.class);
    }

    @Test
    void aModelThatCannotBeOpenedFailsRequestsAndIsTriedAgain() {
        await(() -> service.modelState() instanceof ModelState.Ready);
        openingFails = new ProblemException("No config.json", "folder", "Choose another");
        service.useModel(Path.of("models", "broken"));
        await(() -> service.modelState() instanceof ModelState.Broken);
        var failed = service.submit(request("caption en", Priority.INTERACTIVE), _ -> {});
        await(() -> failed.state().isFinal());
        assertThat(((JobState.Failed) failed.state()).problem().summary())
                .isEqualTo("No config.json");

        openingFails = null;
        var next = service.submit(request("caption en", Priority.INTERACTIVE), _ -> {});
        await(() -> next.state() instanceof JobState.Succeeded);
        assertThat(service.modelState()).isInstanceOf(ModelState.Ready.class);
    }

    @Test
    void theModelIsOpenedOnceOnItsOwnThreadAndToldStepByStep() {
        var states = new CopyOnWriteArrayList<ModelState>();
        var threads = new CopyOnWriteArrayList<String>();
        await(() -> service.modelState() instanceof ModelState.Ready);
        service.onModelState(states::add);
        var second = Path.of("models", "second");
        service.useModel(second);
        await(() -> opened.size() == 2 && service.modelState() instanceof ModelState.Ready);
        var job =
                service.submit(
                        request("caption en", Priority.INTERACTIVE),
                        _ -> threads.add(Thread.currentThread().getName()));
        await(() -> job.state().isFinal());

        assertThat(opened).containsExactly(FOLDER, second);
        assertThat(model.closed).isTrue();
        assertThat(threads).allMatch("inference-cpu"::equals);
        assertThat(states)
                .anyMatch(state ->
                        state instanceof ModelState.Opening opening
                                && opening.progress().message().equals("Reading weights"));
    }

    @Test
    void closingCancelsWhatRunsAndWaitsAndRefusesMore() {
        model.gate = new Semaphore(0);
        var running = service.submit(request("caption en", Priority.INTERACTIVE), _ -> {});
        await(() -> model.asked.size() == 1);
        var waiting = service.submit(request("ocr", Priority.INTERACTIVE), _ -> {});
        Thread.ofVirtual()
                .start(() -> {
                    await(() -> waiting.state().isFinal());
                    model.gate.release(1);
                });

        service.close();

        assertThat(running.state()).isInstanceOf(JobState.Cancelled.class);
        assertThat(model.closed).isTrue();
        assertThrows(
                IllegalStateException.class,
                () -> service.submit(request("ocr", Priority.BATCH), _ -> {}));
    }

    @Test
    void anAnswerThatReachesTheLimitSaysSo() {
        model.answering("caption en", "one two three");
        var job =
                service.submit(
                        new InferenceRequest(
                                image, Task.parse("caption en"), 2, Priority.INTERACTIVE),
                        _ -> {});
        await(() -> job.state().isFinal());

        assertThat(succeeded(job).cutShort()).isTrue();
        assertThat(succeeded(job).text()).isEqualTo("one two ");
    }

    @Test
    void masksAreEncodedByTheModelInUseAndItsProblemsReachTheCaller() throws Exception {
        var mask = Mask.of(10, 10, (x, _) -> x < 5);

        assertThat(service.encodeMask(mask, new Box(0, 0, 10, 10))).hasSize(16).containsOnly(63);
        model.failure = new ProblemException("This model cannot write masks", "", "");
        var problem =
                assertThrows(
                        ProblemException.class,
                        () -> service.encodeMask(mask, new Box(0, 0, 10, 10)));
        assertThat(problem.problem().summary()).isEqualTo("This model cannot write masks");
    }

    @Test
    void objectsArriveWhileTheAnswerIsWrittenAndAreTheFinalOnes() {
        model.answering(
                "detect circle ; star",
                "<loc0000><loc0000><loc0511><loc1023> circle ; <loc0100><loc0100><loc0200><loc0200>"
                        + " star ; <loc0300><loc0300><loc0400><loc0400> star");
        var arrived = new CopyOnWriteArrayList<List<ArrivingObject>>();

        var job =
                service.submit(
                        request("detect circle ; star", Priority.INTERACTIVE),
                        state -> {
                            if (state instanceof JobState.Running running) {
                                arrived.add(running.objects());
                            }
                        });
        await(() -> job.state().isFinal());

        var found =
                succeeded(job).annotations().stream()
                        .map(each -> (ObjectAnnotation) each)
                        .map(each -> new ArrivingObject(each.label(), (Box) each.region()))
                        .toList();
        assertThat(found).hasSize(3);
        assertThat(arrived).contains(found.subList(0, 1), found.subList(0, 2));
        assertThat(arrived)
                .allSatisfy(some -> assertThat(found.subList(0, some.size())).isEqualTo(some));
    }

    @Test
    void whatIsFoundInAPartOfTheImageIsMovedToItsPlaceExactly() {
        model.answering("detect circle", "<loc0000><loc0000><loc1023><loc1023> circle");
        var part = new Scope.Part(new Box(20.5, 30, 60, 80.2));

        var job =
                service.submit(
                        request("detect circle", Priority.INTERACTIVE).withScope(part), _ -> {});
        await(() -> job.state().isFinal());

        var found = (ObjectAnnotation) succeeded(job).annotations().getFirst();
        assertThat(found.region()).isEqualTo(new Box(20, 30, 60, 81));
        assertThat(((Provenance.Predicted) found.provenance()).settings())
                .isEqualTo("region=21,30,60,80");
    }

    @Test
    void aPartBeyondTheImageIsCutToIt() {
        model.answering("detect circle", "<loc0000><loc0000><loc1023><loc1023> circle");
        var part = new Scope.Part(new Box(150, -20, 900, 30));

        var job =
                service.submit(
                        request("detect circle", Priority.INTERACTIVE).withScope(part), _ -> {});
        await(() -> job.state().isFinal());

        var found = (ObjectAnnotation) succeeded(job).annotations().getFirst();
        assertThat(found.region()).isEqualTo(new Box(150, 0, 200, 30));
    }

    @Test
    void tilesAreAskedOneAfterAnotherAndTheirAnswersPutTogether() {
        model.answering("detect circle", "<loc0000><loc0000><loc1023><loc1023> circle");
        var fractions = new CopyOnWriteArrayList<Double>();
        var sliced = new Scope.Sliced(new TileOptions(100, 0, false));

        var job =
                service.submit(
                        request("detect circle", Priority.INTERACTIVE).withScope(sliced),
                        state -> {
                            if (state instanceof JobState.Running running) {
                                fractions.add(running.fraction());
                            }
                        });
        await(() -> job.state().isFinal());

        assertThat(succeeded(job).annotations())
                .extracting(each -> ((ObjectAnnotation) each).region())
                .containsExactlyInAnyOrder(new Box(0, 0, 100, 100), new Box(100, 0, 200, 100));
        assertThat(fractions).contains(0.0, 0.5);
    }

    @Test
    void aWrittenAnswerIsReadWithoutAskingTheModel() {
        var job =
                service.submit(
                        request("detect circle", Priority.INTERACTIVE)
                                .withWritten("<loc0000><loc0000><loc0511><loc1023> circle"),
                        _ -> {});
        await(() -> job.state().isFinal());

        assertThat(model.asked).isEmpty();
        var found = (ObjectAnnotation) succeeded(job).annotations().getFirst();
        assertThat(found.region()).isEqualTo(new Box(0, 0, 200, 511 / 1023.0 * 100));
        var provenance = (Provenance.Predicted) found.provenance();
        assertThat(provenance.score()).isEmpty();
        assertThat(provenance.settings()).isEqualTo("answer-edited");
    }

    @Test
    void aPersonDoesNotWaitForABatchAndTheBatchGoesOnAfterwards() {
        model.answering("caption en", "one two three four five");
        model.gate = new Semaphore(2);
        var states = new CopyOnWriteArrayList<JobState>();
        var batch = service.submit(request("caption en", Priority.BATCH), states::add);
        await(() -> batch.state() instanceof JobState.Running running && running.tokens() == 2);

        var urgent = service.submit(request("ocr", Priority.INTERACTIVE), _ -> {});
        model.gate.release(1000);
        await(() -> batch.state().isFinal());

        assertThat(model.asked).containsExactly("caption en", "ocr", "caption en");
        assertThat(urgent.state()).isInstanceOf(JobState.Succeeded.class);
        assertThat(succeeded(batch).text()).isEqualTo("one two three four five");
        assertThat(states).contains(new JobState.Queued(1));
    }

    @Test
    void twoModelsStayOpenAndTheOneUnusedForLongestGivesWay() {
        var second = ModelChoice.of(Path.of("models", "second"));
        var third = ModelChoice.of(Path.of("models", "third"));
        for (var choice : List.of(second, ModelChoice.of(FOLDER), second, third, second)) {
            var job =
                    service.submit(request("ocr", Priority.INTERACTIVE).withModel(choice), _ -> {});
            await(() -> job.state().isFinal());
        }

        assertThat(opened).containsExactly(FOLDER, second.folder(), third.folder());
    }

    @Test
    void anInterruptionWhileAModelIsOpenedForABatchCostsItNothing() throws Exception {
        var opening = new CountDownLatch(1);
        var mayOpen = new CountDownLatch(1);
        service.close();
        service =
                new InferenceService(
                        (choice, progress) -> {
                            if (choice.folder().endsWith("second")) {
                                opening.countDown();
                                try {
                                    mayOpen.await();
                                } catch (InterruptedException e) {
                                    throw new AssertionError(e);
                                }
                                progress.throwIfCancelled("Opening was cancelled");
                            }
                            return model;
                        },
                        InstantSource.fixed(NOW));
        service.useModel(FOLDER);
        var batch =
                service.submit(
                        request("caption en", Priority.BATCH)
                                .withModel(ModelChoice.of(Path.of("models", "second"))),
                        _ -> {});
        opening.await();
        var urgent = service.submit(request("ocr", Priority.INTERACTIVE), _ -> {});
        mayOpen.countDown();
        await(() -> batch.state().isFinal());

        assertThat(batch.state()).isInstanceOf(JobState.Succeeded.class);
        assertThat(urgent.state()).isInstanceOf(JobState.Succeeded.class);
        assertThat(model.asked).containsExactly("ocr", "caption en");
    }

    @Test
    void adaptersOfOneModelAreSwitchedWithoutOpeningItAgain() {
        var adapted = ModelChoice.of(FOLDER).withAdapter(Optional.of(Path.of("adapters", "a")));
        var job = service.submit(request("ocr", Priority.INTERACTIVE).withModel(adapted), _ -> {});
        await(() -> job.state().isFinal());
        var plain = service.submit(request("detect x", Priority.INTERACTIVE), _ -> {});
        await(() -> plain.state().isFinal());

        assertThat(opened).containsExactly(FOLDER);
        service.useModel(adapted);
        await(() ->
                service.modelState() instanceof ModelState.Ready(var card)
                        && card.name().equals("fake+a"));
        assertThat(opened).containsExactly(FOLDER);
    }

    @Test
    void aModelWithoutPlaceForAdaptersIsOpenedAnew() {
        await(() -> service.modelState() instanceof ModelState.Ready);
        model.adaptable = false;
        var adapted = ModelChoice.of(FOLDER).withAdapter(Optional.of(Path.of("adapters", "a")));
        service.useModel(adapted);
        await(() -> opened.size() == 2);
    }

    private InferenceRequest request(String prompt, Priority priority) {
        return new InferenceRequest(image, Task.parse(prompt), 100, priority);
    }

    private static Prediction succeeded(InferenceJob job) {
        assertThat(job.state()).isInstanceOf(JobState.Succeeded.class);
        return ((JobState.Succeeded) job.state()).prediction();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.onSpinWait();
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
