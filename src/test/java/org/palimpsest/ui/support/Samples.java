package org.palimpsest.ui.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.settings.SettingsStore;

/// Small images and annotations for tests of the interface.
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    public static final Size SIZE = new Size(200, 100);
    private static final List<Path> FOLDERS = new CopyOnWriteArrayList<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Samples::deleteFolders));
    }

    private Samples() {}

    public static Workspace workspace() {
        return workspace(new ImmediateTaskRunner(), new RecordingDialogs());
    }

    public static Workspace workspace(TaskRunner tasks, DialogService dialogs) {
        return new Workspace(
                InstantSource.fixed(NOW),
                "ada",
                tasks,
                Runnable::run,
                (_, images, _, _, _) -> images,
                dialogs::show);
    }

    /// Opens a new project with these images, and gives its file.
    public static Path open(Workspace workspace, List<ImageEntry> images) {
        try {
            var folder = Files.createTempDirectory("palimpsest");
            var file = folder.resolve("test" + Project.EXTENSION);
            FOLDERS.add(folder);
            var open = OpenProject.open(file, true, InstantSource.fixed(NOW));
            var step = open.project().beginStep("add images");
            step.add(
                    images.stream().map(image -> new AddImage(new AnnotatedImage(image))).toList());
            step.end();
            workspace.use(open);
            return file;
        } catch (IOException | ProblemException e) {
            throw new AssertionError(e);
        }
    }

    private static void deleteFolders() {
        for (var folder : FOLDERS) {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                // A folder of the system's for temporary files keeps one more.
                continue;
            }
        }
    }

    /// An opener whose projects without a folder of their own go into the given one.
    public static ProjectOpener opener(
            Workspace workspace, DialogService dialogs, TaskRunner tasks, Path folder) {
        return new ProjectOpener(
                workspace,
                dialogs,
                tasks,
                SettingsStore.open(folder.resolve("opener-settings.json")),
                InstantSource.fixed(NOW),
                new ProjectOpener.Places(folder.resolve("projects"), folder.resolve("samples")));
    }

    /// Writes grey pictures of 200 × 100 pixels, `a.png`, `b.png` and so on.
    public static List<ImageEntry> images(Path folder, int count) throws ProblemException {
        for (int i = 0; i < count; i++) {
            var pixels = new byte[SIZE.width() * SIZE.height() * 3];
            java.util.Arrays.fill(pixels, (byte) (40 * i));
            ImageFiles.writePng(
                    new Picture(SIZE.width(), SIZE.height(), pixels),
                    folder.resolve((char) ('a' + i) + ".png"));
        }
        return IntStream.range(0, count)
                .mapToObj(i -> folder.resolve((char) ('a' + i) + ".png"))
                .map(file -> new ImageEntry(ImageId.random(), file, SIZE))
                .toList();
    }

    /// Images whose files do not exist.
    public static List<ImageEntry> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Path.of("/none/" + (char) ('a' + i) + ".png"))
                .map(file -> new ImageEntry(ImageId.random(), file, SIZE))
                .toList();
    }

    public static ObjectAnnotation drawn(String label, Region region) {
        return ObjectAnnotation.of(label, region, new Provenance.Drawn("ada", NOW));
    }

    public static ObjectAnnotation predicted(String label, Region region, String prompt) {
        return ObjectAnnotation.of(
                label, region, new Provenance.Predicted("toy", prompt, 0.9, NOW));
    }

    /// Adds a drawn box to the image on the screen.
    public static ObjectAnnotation addBox(Workspace workspace, String label, Box box) {
        var object = drawn(label, box);
        workspace.apply(AddAnnotations.onTopOf(workspace.current(), List.of(object)));
        return object;
    }
}
