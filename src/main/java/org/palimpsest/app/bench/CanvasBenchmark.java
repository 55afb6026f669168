package org.palimpsest.app.bench;

import de.saxsys.mvvmfx.FluentViewLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.LargeSample;
import org.palimpsest.imaging.PyramidFolder;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.storage.Folders;
import org.palimpsest.ui.canvas.CanvasDisplay;
import org.palimpsest.ui.canvas.CanvasView;
import org.palimpsest.ui.canvas.CanvasViewModel;
import org.palimpsest.ui.canvas.ToolBench;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.shell.ShellView;
import org.palimpsest.ui.support.FxDialogService;
import org.palimpsest.ui.support.FxTaskRunner;
import org.palimpsest.ui.support.OpenProject;
import org.palimpsest.ui.support.PictureStore;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Measures the canvas: frames while panning and zooming over many shapes and a large picture, and what one edit costs.
///
/// Runs on any thread but JavaFX's, which does the work.
public final class CanvasBenchmark implements AutoCloseable {
    private static final Size PICTURE = new Size(4000, 3000);
    private static final Size LARGE = new Size(20_000, 10_000);
    private static final int FRAMES = 120;
    private static final int WARM_UP = 30;
    private static final int WARM_UPS = 3;
    private static final int EDITS = 60;
    private static final int STEPS = 10;
    private static final long PAUSE = 1500;
    private static final long PATIENCE_SECONDS = 120;

    private final Stage stage;
    private final Consumer<String> out;
    private final Path folder;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private final Workspace workspace;
    private final CanvasViewModel canvas;
    private int opened;

    private CanvasBenchmark(Stage stage, Consumer<String> out) throws Exception {
        this.stage = stage;
        this.out = out;
        this.folder = Files.createTempDirectory("palimpsest-canvas");
        var tasks = new FxTaskRunner(executor);
        var clock = InstantSource.system();
        var dialogs = new FxDialogService();
        this.workspace =
                FxWork.call(() ->
                        new Workspace(
                                clock,
                                "bench",
                                tasks,
                                writer,
                                (_, images, _, _, _) -> images,
                                problem -> out.accept(problem.oneLine())));
        var pictures =
                new PictureStore(
                        tasks,
                        new PyramidFolder(folder.resolve("tiles"), 2L << 30, clock),
                        256L << 20);
        var opener =
                new ProjectOpener(
                        workspace,
                        dialogs,
                        tasks,
                        SettingsStore.open(folder.resolve("settings.json")),
                        clock,
                        new ProjectOpener.Places(folder, folder));
        this.canvas =
                FxWork.call(() -> {
                    var display = new CanvasDisplay(workspace, pictures, tasks, new Commands());
                    return new CanvasViewModel(
                            workspace,
                            opener,
                            new Pointer(),
                            display,
                            new ToolBench(workspace, display, dialogs));
                });
        FxWork.call(this::showWindow);
    }

    private boolean showWindow() {
        var view =
                FluentViewLoader.fxmlView(CanvasView.class)
                        .viewModel(canvas)
                        .resourceBundle(Texts.bundle())
                        .load();
        var scene = new Scene(view.getView(), 1000, 900);
        scene.getStylesheets()
                .add(
                        Objects.requireNonNull(ShellView.class.getResource("palimpsest.css"))
                                .toExternalForm());
        stage.setScene(scene);
        stage.show();
        return true;
    }

    /// Measures everything and tells it line by line.
    public static void run(Stage stage, Consumer<String> out) throws Exception {
        try (var benchmark = new CanvasBenchmark(stage, out)) {
            benchmark.runAll();
        }
    }

    private void runAll() throws Exception {
        Path picture = folder.resolve("picture.jpg");
        LargeSample.write(picture, PICTURE);
        out.accept(
                "%-44s %13s    %13s    %6s"
                        .formatted(
                                "milliseconds: median, 99 of 100; mean",
                                "frame to frame",
                                "FX thread",
                                "cpu"));
        open(BenchScene.boxes(picture, PICTURE, 500));
        for (int i = 0; i < WARM_UPS; i++) {
            frames("", _ -> {});
        }
        for (int count : new int[] {10, 1_000, 10_000, 100_000}) {
            measure(count + " boxes", BenchScene.boxes(picture, PICTURE, count));
        }
        measure("1000 polygons of 30 points", BenchScene.polygons(picture, PICTURE, 1_000, 30));
        edits(BenchScene.boxes(picture, PICTURE, 10));
        edits(BenchScene.boxes(picture, PICTURE, 10_000));
        nextImage(picture);
        Path large = folder.resolve("large.jpg");
        LargeSample.write(large, LARGE);
        long begun = System.nanoTime();
        var image = BenchScene.boxes(large, LARGE, 1_000);
        open(image);
        out.accept("200 megapixels: shown after %d ms".formatted(since(begun)));
        FxWork.await(() -> canvas.display().isPictureComplete());
        out.accept("200 megapixels: all tiles after %d ms".formatted(since(begun)));
        frames("200 megapixels, 1000 boxes");
    }

    private static long since(long begun) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    private void measure(String name, AnnotatedImage image) throws Exception {
        open(image);
        FxWork.await(() -> canvas.display().isPictureComplete());
        frames(name);
    }

    private void open(AnnotatedImage image) throws Exception {
        open(List.of(image));
    }

    private void open(List<AnnotatedImage> images) throws Exception {
        Path file = folder.resolve("bench" + opened++ + Project.EXTENSION);
        var project = OpenProject.open(file, true, InstantSource.system());
        var step = project.project().beginStep("add images");
        step.add(images.stream().map(AddImage::new).toList());
        step.end();
        FxWork.call(() -> {
            workspace.use(project);
            return true;
        });
        FxWork.await(() -> canvas.isShown(images.getFirst().image().id()));
    }

    private void frames(String name) throws Exception {
        frames(name, out);
    }

    private void frames(String name, Consumer<String> to) throws Exception {
        FxWork.call(() -> {
            canvas.camera().fit();
            return true;
        });
        Thread.sleep(600);
        to.accept(
                script(i -> canvas.camera().pan(i / 40 % 2 == 0 ? 5 : -5, i / 25 % 2 == 0 ? 3 : -3))
                        .line(name + ", pan, all in sight"));
        to.accept(
                script(i -> canvas.camera().zoomAt(480, 420, i / 40 % 2 == 0 ? 1.04 : 1 / 1.04))
                        .line(name + ", zoom"));
        FxWork.call(() -> {
            canvas.camera().fit();
            canvas.camera().zoomAt(480, 420, 4);
            return true;
        });
        Thread.sleep(600);
        to.accept(
                script(i -> canvas.camera().pan(i / 60 % 2 == 0 ? -9 : 9, i / 35 % 2 == 0 ? -6 : 6))
                        .line(name + ", pan at 4 times"));
    }

    /// Does something before each frame, and measures the frames.
    private FrameTimes script(IntConsumer step) throws Exception {
        var done = new CompletableFuture<FrameTimes>();
        Platform.runLater(() -> new FrameMeter(WARM_UP, FRAMES, step, done, canvas).start());
        return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void edits(AnnotatedImage image) throws Exception {
        open(image);
        FxWork.await(() -> canvas.display().isPictureComplete());
        Thread.sleep(600);
        var costs = new ArrayList<Long>();
        for (int i = 0; i < EDITS; i++) {
            int index = i;
            costs.add(FxWork.call(() -> edit(index)));
            Thread.sleep(40);
        }
        long[] edited = costs.stream().skip(10).mapToLong(Long::longValue).toArray();
        out.accept(
                "%-44s %6.2f %6.2f"
                        .formatted(
                                "one edit among " + image.annotations().size() + " boxes",
                                FrameTimes.percentile(edited, 0.5),
                                FrameTimes.percentile(edited, 0.99)));
    }

    /// From the edit to the end of the frame that shows it, on the JavaFX thread.
    private long edit(int index) {
        var image = Objects.requireNonNull(workspace.current());
        var object = (ObjectAnnotation) image.annotations().get(index % image.annotations().size());
        var box = object.region().bounds();
        var moved =
                workspace.moved(
                        object, new Box(box.xMin() + 1, box.yMin(), box.xMax() + 1, box.yMax()));
        long begun = System.nanoTime();
        workspace.apply(new ReplaceAnnotation(image.image().id(), object, moved));
        stage.getScene().getRoot().layout();
        return System.nanoTime() - begun;
    }

    /// From the command to the end of the frame that shows the picture that was read ahead, with its objects.
    private void nextImage(Path picture) throws Exception {
        var files = new ArrayList<AnnotatedImage>();
        for (int i = 0; i < STEPS + 1; i++) {
            Path file = folder.resolve("next" + i + ".jpg");
            Files.copy(picture, file);
            files.add(BenchScene.boxes(file, PICTURE, 50 + i));
        }
        open(files);
        var times = new ArrayList<Long>();
        for (int i = 1; i <= STEPS; i++) {
            Thread.sleep(PAUSE);
            var image = files.get(i).image();
            long begun = System.nanoTime();
            FxWork.call(() -> {
                workspace.show(image);
                return true;
            });
            FxWork.await(() -> canvas.isShown(image.id()));
            FxWork.call(() -> {
                stage.getScene().getRoot().layout();
                return true;
            });
            times.add(System.nanoTime() - begun);
        }
        long[] nanos = times.stream().mapToLong(Long::longValue).toArray();
        out.accept(
                "%-44s %6.1f %6.1f"
                        .formatted(
                                "next image, 12 megapixels, read ahead",
                                FrameTimes.percentile(nanos, 0.5),
                                FrameTimes.percentile(nanos, 0.99)));
    }

    @Override
    public void close() throws IOException, ProblemException {
        try {
            FxWork.call(() -> {
                workspace.use(null);
                return true;
            });
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException(e);
        } finally {
            writer.close();
            executor.shutdownNow();
            Folders.delete(folder);
        }
    }
}
