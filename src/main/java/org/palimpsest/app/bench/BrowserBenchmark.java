package org.palimpsest.app.bench;

import de.saxsys.mvvmfx.FluentViewLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
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
import javafx.event.ActionEvent;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.control.skin.VirtualFlow;
import javafx.stage.Stage;
import org.palimpsest.benchmark.SyntheticProject;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.LargeSample;
import org.palimpsest.imaging.ThumbnailFiles;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectStatistics;
import org.palimpsest.storage.Folders;
import org.palimpsest.ui.browser.BrowserView;
import org.palimpsest.ui.browser.BrowserViewModel;
import org.palimpsest.ui.browser.ImageSorting;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.shell.ShellView;
import org.palimpsest.ui.support.FxDialogService;
import org.palimpsest.ui.support.FxTaskRunner;
import org.palimpsest.ui.support.ImageOrder;
import org.palimpsest.ui.support.OpenProject;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Measures the browser on a large project: until its images are listed, frames while scrolling, filters, orders,
/// statistics, and what thumbnails cost beside plain decoding.
///
/// Runs on any thread but JavaFX's, which does the work.
public final class BrowserBenchmark implements AutoCloseable {
    private static final Size PICTURE = new Size(1600, 1200);
    private static final Size PHOTO = new Size(4000, 3000);
    private static final int CROWD = 100;
    private static final int PICTURES = 8;
    private static final int PHOTOS = 8;
    private static final int WARM_UP = 30;
    private static final int FRAMES = 240;
    private static final long PATIENCE_SECONDS = 120;

    private final Stage stage;
    private final Consumer<String> out;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService writer = Executors.newSingleThreadExecutor();

    @SuppressWarnings("ThreadPriorityCheck") // as in the program: the person comes first
    private final ExecutorService makers =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().priority(Thread.MIN_PRIORITY).factory());

    private final Workspace workspace;
    private final BrowserViewModel browser;

    private BrowserBenchmark(Stage stage, Path folder, Consumer<String> out) throws Exception {
        this.stage = stage;
        this.out = out;
        var tasks = new FxTaskRunner(executor);
        this.workspace =
                FxWork.call(() ->
                        new Workspace(
                                InstantSource.system(),
                                "bench",
                                tasks,
                                writer,
                                new ImageSorting(),
                                problem -> out.accept(problem.oneLine())));
        var thumbnails =
                new ThumbnailFiles(folder.resolve("thumbnails"), 1L << 30, InstantSource.system());
        this.browser =
                FxWork.call(() ->
                        new BrowserViewModel(
                                workspace,
                                tasks,
                                new Commands(),
                                new FxDialogService(),
                                new ThumbnailQueue(thumbnails, makers, 1)));
        FxWork.call(this::showWindow);
    }

    private boolean showWindow() {
        var view =
                FluentViewLoader.fxmlView(BrowserView.class)
                        .viewModel(browser)
                        .resourceBundle(Texts.bundle())
                        .load();
        var scene = new Scene(view.getView(), 900, 900);
        scene.getStylesheets()
                .add(
                        Objects.requireNonNull(ShellView.class.getResource("palimpsest.css"))
                                .toExternalForm());
        stage.setScene(scene);
        stage.show();
        return true;
    }

    /// Measures everything and tells it line by line.
    ///
    /// @param folder where the project is made, if it is not there from the last time
    public static void run(Stage stage, Path folder, int images, Consumer<String> out)
            throws Exception {
        thumbnails(folder, out);
        Path file = folder.resolve("browser" + images + Project.EXTENSION);
        if (!Files.exists(file)) {
            SyntheticProject.write(file, images, CROWD, Progress.NONE);
        }
        writeImages(folder, file);
        try (var benchmark = new BrowserBenchmark(stage, folder, out)) {
            benchmark.runAll(file);
        }
    }

    /// A few pictures under the names of all images: what counts is how many there are.
    private static void writeImages(Path folder, Path file) throws IOException, ProblemException {
        for (int i = 0; i < PICTURES; i++) {
            Path picture = folder.resolve("picture" + i + ".jpg");
            if (!Files.exists(picture)) {
                LargeSample.write(picture, PICTURE);
            }
        }
        try (var project = Project.openForReading(file)) {
            int number = 0;
            for (long next = ImagePage.START; next != ImagePage.END; ) {
                var page = project.page(ImageFilter.ALL, next, 5_000);
                for (var line : page.images()) {
                    Path image = line.image().file();
                    Files.createDirectories(image.getParent());
                    if (!Files.exists(image)) {
                        Files.createLink(
                                image, folder.resolve("picture" + number++ % PICTURES + ".jpg"));
                    }
                }
                next = page.next();
            }
        }
    }

    /// Thumbnails of photos on one thread, beside decoding them alone with fewer pixels.
    private static void thumbnails(Path folder, Consumer<String> out)
            throws IOException, ProblemException {
        Path photos = Files.createDirectories(folder.resolve("photos"));
        LargeSample.write(photos.resolve("0.jpg"), PHOTO);
        for (int i = 1; i < PHOTOS; i++) {
            Files.deleteIfExists(photos.resolve(i + ".jpg"));
            Files.copy(photos.resolve("0.jpg"), photos.resolve(i + ".jpg"));
        }
        Folders.delete(folder.resolve("photo-thumbnails"));
        var kept =
                new ThumbnailFiles(
                        folder.resolve("photo-thumbnails"), 1L << 30, InstantSource.system());
        ImageFiles.thumbnail(photos.resolve("0.jpg"), ThumbnailFiles.SIDE);
        long plain = 0;
        long made = 0;
        long again = 0;
        for (int i = 0; i < PHOTOS; i++) {
            Path photo = photos.resolve(i + ".jpg");
            long start = System.nanoTime();
            ImageFiles.thumbnail(photo, ThumbnailFiles.SIDE);
            long decoded = System.nanoTime();
            kept.get(photo);
            long first = System.nanoTime();
            kept.get(photo);
            plain += decoded - start;
            made += first - decoded;
            again += System.nanoTime() - first;
        }
        out.accept(
                "thumbnail of 12 megapixels: %.0f ms decoded alone, %.0f ms made and kept (%.2f times), %.1f ms from the cache"
                        .formatted(
                                plain / 1e6 / PHOTOS,
                                made / 1e6 / PHOTOS,
                                (double) made / plain,
                                again / 1e6 / PHOTOS));
    }

    private void runAll(Path file) throws Exception {
        long begun = System.nanoTime();
        FxWork.call(() -> {
            workspace.use(OpenProject.open(file, false, InstantSource.system()));
            return true;
        });
        FxWork.await(() -> !workspace.images().lines().isEmpty());
        long first = System.nanoTime() - begun;
        FxWork.await(() -> !workspace.images().loadingProperty().get());
        out.accept(
                "%d images: first shown after %.0f ms, all listed after %.0f ms"
                        .formatted(
                                workspace.images().lines().size(),
                                first / 1e6,
                                (System.nanoTime() - begun) / 1e6));
        out.accept(
                "%-44s %13s    %13s    %s"
                        .formatted(
                                "milliseconds: median, 99 of 100",
                                "frame to frame",
                                "own work",
                                "processor"));
        frames("grid");
        FxWork.call(() -> {
            browser.gridProperty().set(false);
            return true;
        });
        frames("list");
        for (var text :
                List.of(
                        "label:tram",
                        "state:done -tag:night score<0.5",
                        "\"purple giraffe\"",
                        "text:\"a photo of\"",
                        "score=0.2..0.3",
                        "area<0.001",
                        "")) {
            filter(text);
        }
        for (var order : List.of(ImageOrder.NAME, ImageOrder.UNCERTAINTY, ImageOrder.SIMILARITY)) {
            order(order);
        }
        statistics(file);
    }

    private void frames(String name) throws Exception {
        Thread.sleep(1500);
        for (double pixels : new double[] {30, 400, 20_000}) {
            out.accept(script(pixels).line("%s, scrolled by %.0f a frame".formatted(name, pixels)));
            FxWork.call(() -> {
                flow().scrollTo(0);
                return true;
            });
            Thread.sleep(1000);
        }
    }

    private VirtualFlow<?> flow() {
        return (VirtualFlow<?>) stage.getScene().lookup("#imageGrid .virtual-flow");
    }

    private FrameTimes script(double pixels) throws Exception {
        var done = new CompletableFuture<FrameTimes>();
        IntConsumer step = _ -> flow().scrollPixels(pixels);
        Platform.runLater(
                () -> new SceneMeter(stage.getScene(), WARM_UP, FRAMES, step, done).start());
        return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void filter(String text) throws Exception {
        long begun = System.nanoTime();
        FxWork.call(() -> {
            var field = (TextField) stage.getScene().lookup("#filter");
            field.setText(text);
            field.fireEvent(new ActionEvent());
            return true;
        });
        settled("filter " + (text.isEmpty() ? "(all)" : text), begun);
    }

    private void order(ImageOrder order) throws Exception {
        long begun = System.nanoTime();
        FxWork.call(() -> {
            workspace.images().ask(workspace.images().query().withOrder(order, false));
            return true;
        });
        settled("order " + order, begun);
    }

    private void settled(String name, long begun) throws Exception {
        // The first page is shown long before the last one is counted.
        FxWork.await(() -> !workspace.images().loadingProperty().get());
        out.accept(
                "%-44s %6.0f ms, %d images"
                        .formatted(
                                name,
                                (System.nanoTime() - begun) / 1e6,
                                workspace.images().lines().size()));
    }

    private void statistics(Path file) throws ProblemException {
        try (var project = Project.openForReading(file)) {
            ProjectStatistics.of(project, ImageFilter.ALL, Progress.NONE);
            long begun = System.nanoTime();
            var numbers = ProjectStatistics.of(project, ImageFilter.ALL, Progress.NONE);
            out.accept(
                    "statistics of %d objects: %.0f ms"
                            .formatted(
                                    numbers.annotations().objects(),
                                    (System.nanoTime() - begun) / 1e6));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            FxWork.call(() -> {
                workspace.use(null);
                return true;
            });
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException(e);
        } finally {
            makers.shutdownNow();
            writer.close();
            executor.shutdownNow();
        }
    }
}
