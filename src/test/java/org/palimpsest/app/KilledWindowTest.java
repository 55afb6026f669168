package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.Project;
import org.palimpsest.ui.support.Samples;

/// Kills a window in the middle of editing, again and again, and looks whether what it said was saved is there.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class KilledWindowTest {
    private static final int KILLS = Integer.getInteger("palimpsest.kills", 4);

    @TempDir Path folder;

    @Test
    void whatWasSaidToBeSavedIsThereAfterAKill() throws Exception {
        var file = folder.resolve("killed" + Project.EXTENSION);
        var image = Samples.images(folder, 1).getFirst();
        try (var project = Project.create(file, InstantSource.system())) {
            project.apply(new AddImage(new AnnotatedImage(image)));
        }
        var random = new Random(7);
        int saved = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            var lines = editUntilKilled(file, kill, random);
            saved += lines.stream().filter(line -> line.startsWith("SAVED")).count();
            assertThat(statesAround(file))
                    .as("kill %d", kill)
                    .containsAnyElementsOf(possible(lines));
        }
        assertThat(saved).as("gestures that were saved").isGreaterThan(KILLS);
        System.out.printf("%d kills, %d gestures saved, none lost%n", KILLS, saved);
    }

    private List<String> editUntilKilled(Path file, int seed, Random random) throws Exception {
        var said = folder.resolve("said-" + seed);
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Dglass.platform=Headless",
                                "-Dprism.order=sw",
                                "-Djava.awt.headless=true",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                EditingWindow.class.getName(),
                                file.toString(),
                                String.valueOf(seed))
                        .redirectOutput(said.toFile())
                        .redirectError(folder.resolve("errors-" + seed).toFile())
                        .start();
        try {
            long wanted = 2L * (3 + random.nextInt(8));
            while (process.isAlive() && lines(said).size() < wanted) {
                Thread.sleep(5);
            }
            Thread.sleep(random.nextInt(25));
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(lines(said)).as(Files.readString(folder.resolve("errors-" + seed))).isNotEmpty();
        return lines(said);
    }

    /// The whole lines of the file.
    private static List<String> lines(Path file) throws IOException {
        var text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /// How the project may look: as it was when it was last said to be saved, or as any gesture after that left it.
    private static List<String> possible(List<String> lines) {
        var possible = new ArrayList<String>();
        for (var line : lines.reversed()) {
            possible.add(line.substring(6));
            if (line.startsWith("SAVED")) {
                break;
            }
        }
        return possible;
    }

    /// How the project looks, and how it looked one step before and after: the gesture under way when the window was killed
    /// may have been written without a word.
    private static List<String> statesAround(Path file) throws Exception {
        try (var project = Project.open(file, InstantSource.system())) {
            var states = new ArrayList<String>();
            states.add(digest(project));
            if (project.nextRedo().isPresent()) {
                project.redo();
                states.add(digest(project));
                project.undo();
            }
            if (!project.nextUndo().orElseThrow().equals("add image")) {
                project.undo();
                states.add(digest(project));
                project.redo();
            }
            assertThat(digest(project)).isEqualTo(states.getFirst());
            return states;
        }
    }

    private static String digest(Project project) throws Exception {
        var line = project.page(ImageFilter.ALL, ImagePage.START, 1).images().getFirst();
        return EditingWindow.digest(project.image(line.image().id()).orElseThrow());
    }
}
