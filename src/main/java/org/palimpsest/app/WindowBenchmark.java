package org.palimpsest.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.palimpsest.app.bench.BrowserBenchmark;
import org.palimpsest.app.bench.CanvasBenchmark;
import org.palimpsest.app.bench.FxWork;
import org.palimpsest.benchmark.SyntheticProject;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.LargeSample;
import org.palimpsest.inference.ModelState;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.canvas.CanvasViewModel;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.support.FxDialogService;
import org.palimpsest.ui.support.ProjectOpener;

/// Measures the whole window: its start, a project of many images, the next image, how long the interface pauses while
/// the model answers; the canvas by itself ([CanvasBenchmark]) and the
/// browser by itself ([BrowserBenchmark]).
///
/// Runs on a thread of its own, which waits for the JavaFX thread; not on that one.
final class WindowBenchmark {
    private static final int PICTURES = 12;
    private static final Size PICTURE = new Size(4000, 3000);
    private static final Duration ANSWERING = Duration.ofSeconds(20);
    private static final long PATIENCE_SECONDS = 300;

    private final DesktopOptions options;
    private final PrintStream out;
    private final Path folder;

    private WindowBenchmark(DesktopOptions options, PrintStream out, Path folder) {
        this.options = options;
        this.out = out;
        this.folder = folder;
    }

    /// Measures everything and prints it line by line.
    ///
    /// @param images how many images the large project has
    static void run(DesktopOptions options, int images, PrintStream out) throws ProblemException {
        try {
            var folder = Files.createTempDirectory("palimpsest-window");
            try {
                new WindowBenchmark(options, out, folder).measure(images);
            } finally {
                delete(folder);
                Platform.exit();
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new ProblemException(
                    new Problem(
                            "The window could not be measured",
                            String.valueOf(e.getMessage()),
                            "Look at the log"),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measure(int images)
            throws ProblemException,
                    IOException,
                    InterruptedException,
                    ExecutionException,
                    TimeoutException {
        var started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        Platform.setImplicitExit(false);
        var stage = FxWork.call(Stage::new);
        var session = FxWork.call(() -> session(stage));
        try {
            FxWork.call(() -> {
                stage.show();
                return true;
            });
            nextFrame();
            var begun = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
            line("start of the program to the first frame", Duration.between(begun, Instant.now()));
            largeProject(session, images);
            nextImage(session);
            pauses(session);
        } finally {
            FxWork.call(() -> {
                stage.close();
                session.close();
                return true;
            });
        }
        parts(images);
    }

    private DesktopSession session(Stage stage) {
        var dialogs = new FxDialogService();
        var session =
                new DesktopSession(
                        stage,
                        new DesktopSession.Environment(
                                Desktop.modelOpener(options),
                                SettingsStore.open(folder.resolve("settings.json")),
                                dialogs,
                                "benchmark",
                                new ProjectOpener.Places(folder, options.places().samples())),
                        options.bundledModel());
        dialogs.attach(stage);
        return session;
    }

    private void largeProject(DesktopSession session, int images)
            throws ProblemException,
                    IOException,
                    InterruptedException,
                    ExecutionException,
                    TimeoutException {
        Path file = folder.resolve("large" + Project.EXTENSION);
        SyntheticProject.write(file, images, 10_000, Progress.NONE);
        long begun = System.nanoTime();
        FxWork.call(() -> {
            session.begin(List.of(file));
            return true;
        });
        FxWork.await(() -> !session.workspace().images().lines().isEmpty());
        nextFrame();
        line("project of %,d images: first images shown".formatted(images), since(begun));
        FxWork.await(() -> !session.workspace().images().loadingProperty().get());
        nextFrame();
        var whole = since(begun);
        line("project of %,d images: whole list".formatted(images), whole);
        var plain = plainListing(images);
        line("  a folder of as many files listed, sorted, with sizes", plain);
        out.printf(Locale.ROOT, "  ratio %.1f%n", (double) whole.toNanos() / plain.toNanos());
    }

    private Duration plainListing(int images) throws IOException {
        var files = Files.createDirectory(folder.resolve("files"));
        for (int i = 0; i < images; i++) {
            Files.createFile(files.resolve("image-" + i + ".jpg"));
        }
        long begun = System.nanoTime();
        record Listed(Path file, long bytes) {}
        var listed = new ArrayList<Listed>();
        try (var stream = Files.newDirectoryStream(files)) {
            for (var file : stream) {
                listed.add(
                        new Listed(
                                file,
                                Files.readAttributes(file, BasicFileAttributes.class).size()));
            }
        }
        listed.sort(Comparator.comparing(Listed::file));
        return since(begun);
    }

    private void nextImage(DesktopSession session)
            throws ProblemException,
                    IOException,
                    InterruptedException,
                    ExecutionException,
                    TimeoutException {
        var place = Files.createDirectory(folder.resolve("pictures"));
        for (int i = 0; i < PICTURES; i++) {
            LargeSample.write(place.resolve(i + ".jpg"), PICTURE);
        }
        FxWork.call(() -> {
            session.begin(List.of(place));
            return true;
        });
        FxWork.await(() -> session.workspace().images().lines().size() == PICTURES);
        awaitPicture(session);
        var ahead = new ArrayList<Duration>();
        for (int i = 0; i < PICTURES / 2; i++) {
            Thread.sleep(1_500);
            ahead.add(show(session, () -> session.workspace().step(1)));
        }
        line("next image of 12 megapixels, read ahead: median", median(ahead));
        long begun = System.nanoTime();
        ImageFiles.read(place.resolve("0.jpg"));
        var decoding = since(begun);
        var jumped =
                show(
                        session,
                        () ->
                                session.workspace()
                                        .show(
                                                session.workspace()
                                                        .images()
                                                        .lines()
                                                        .get(PICTURES - 1)
                                                        .image()));
        line("an image of 12 megapixels that was not read ahead", jumped);
        line("  decoding it alone", decoding);
        out.printf(Locale.ROOT, "  ratio %.1f%n", (double) jumped.toNanos() / decoding.toNanos());
    }

    private static Duration show(DesktopSession session, Runnable step)
            throws InterruptedException, ExecutionException, TimeoutException {
        long begun = System.nanoTime();
        FxWork.call(() -> {
            step.run();
            return true;
        });
        awaitPicture(session);
        nextFrame();
        return since(begun);
    }

    private static void awaitPicture(DesktopSession session)
            throws InterruptedException, ExecutionException, TimeoutException {
        var canvas = session.viewModel(CanvasViewModel.class);
        FxWork.await(() ->
                canvas.pictureProperty().get() != null
                        && !canvas.loadingProperty().get()
                        && session.workspace().current() != null);
    }

    /// The model answers one question after the other while somebody walks through the images.
    private void pauses(DesktopSession session)
            throws InterruptedException, ExecutionException, TimeoutException {
        FxWork.await(() -> session.modelState() instanceof ModelState.Ready);
        var prompt = session.viewModel(PromptViewModel.class);
        var over = new AtomicBoolean();
        var longest = new AtomicLong();
        var answers = new AtomicLong();
        long end = System.nanoTime() + ANSWERING.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            long asked = System.nanoTime();
            boolean walk = i % 100 == 99;
            FxWork.call(() -> {
                longest.accumulateAndGet(System.nanoTime() - asked, Math::max);
                if (prompt.runnableProperty().get()) {
                    prompt.run();
                    answers.incrementAndGet();
                }
                if (walk) {
                    session.workspace().step(over.getAndSet(!over.get()) ? 1 : -1);
                }
                return true;
            });
            Thread.sleep(5);
        }
        line(
                "longest pause of the interface during %d answers".formatted(answers.get()),
                Duration.ofNanos(longest.get()));
    }

    private void parts(int images)
            throws InterruptedException, ExecutionException, TimeoutException, IOException {
        var stage = FxWork.call(Stage::new);
        try {
            CanvasBenchmark.run(stage, out::println);
            BrowserBenchmark.run(
                    stage, Files.createDirectory(folder.resolve("browser")), images, out::println);
        } catch (ExecutionException | InterruptedException | TimeoutException | IOException e) {
            throw e;
        } catch (Exception e) {
            throw new ExecutionException(e);
        }
    }

    private void line(String what, Duration time) {
        out.printf(Locale.ROOT, "%-62s %9.1f ms%n", what, time.toNanos() / 1e6);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static Duration median(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    /// Waits until the next frame has been made.
    private static void nextFrame()
            throws InterruptedException, ExecutionException, TimeoutException {
        var done = new CompletableFuture<Boolean>();
        Platform.runLater(() ->
                new AnimationTimer() {
                    private int frames;

                    @Override
                    public void handle(long now) {
                        if (++frames == 2) {
                            stop();
                            done.complete(true);
                        }
                    }
                }.start());
        done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
