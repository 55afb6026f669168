package org.palimpsest.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// What a project has acknowledged is there after the program is killed, at whatever moment.
class KilledProjectTest {
    private static final int KILLS = 50;
    private static final long SEED = 11;

    @TempDir private Path folder;
    private Path file;
    private EditScript expected;
    private String classPath = System.getProperty("java.class.path");

    /// Writes to a project until it is killed: class name, project, folder of the images.
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException, ProblemException {
            var script = new EditScript(SEED, Path.of(arguments[1]));
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            int start = Integer.parseInt(in.readLine());
            while (script.position() < start) {
                script.next();
            }
            try (var project = open(Path.of(arguments[0]))) {
                do {
                    EditScript.perform(project, script.next());
                    System.out.println(script.position());
                    System.out.flush();
                } while (!Boolean.getBoolean("onlyOnce"));
            }
        }
    }

    private static Project open(Path file) throws ProblemException {
        return Project.open(file, InstantSource.fixed(RandomEdits.NOW));
    }

    private Process start(String... options) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx128m",
                                "-Xlog:disable",
                                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                                "-Djava.io.tmpdir=" + folder, // the driver leaves a library there
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classPath));
        command.addAll(List.of(options));
        command.addAll(List.of(Writer.class.getName(), file.toString(), folder.toString()));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }

    /// Fifty starts of a program take their time, half of it for loading classes: so they are loaded once into an
    /// archive (JEP 350), which needs a JAR instead of folders.
    private void archiveClasses() throws Exception {
        var jar = folder.resolve("classes.jar");
        var jars = new ArrayList<>(List.of(jar.toString()));
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            var seen = new HashSet<String>();
            for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (Files.isDirectory(Path.of(entry))) {
                    addClasses(Path.of(entry), seen, out);
                } else {
                    jars.add(entry);
                }
            }
        }
        classPath = String.join(File.pathSeparator, jars);
        var once = start("-XX:ArchiveClassesAtExit=" + archive(), "-DonlyOnce=true");
        try (var to = once.outputWriter();
                var from = once.inputReader()) {
            to.write("0\n");
            to.flush();
            assertThat(from.readLine()).isEqualTo("1");
        }
        assertThat(once.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static void addClasses(Path from, Set<String> seen, JarOutputStream out)
            throws IOException {
        try (var files = Files.walk(from)) {
            for (var one : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = from.relativize(one).toString().replace(File.separatorChar, '/');
                if (seen.add(name)) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(one, out);
                }
            }
        }
    }

    private Path archive() {
        return folder.resolve("classes.jsa");
    }

    @Test
    void whatWasAcknowledgedOutlivesAKill() throws Exception {
        file = folder.resolve("once.palimpsest");
        Project.create(file, InstantSource.fixed(RandomEdits.NOW)).close();
        archiveClasses();
        file = folder.resolve("killed.palimpsest");
        Project.create(file, InstantSource.fixed(RandomEdits.NOW)).close();
        expected = new EditScript(SEED, folder);
        var random = new Random(SEED);
        int unacknowledged = 0;
        String useArchive = "-XX:SharedArchiveFile=" + archive();
        var next = start(useArchive);
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                var writer = next;
                next = start(useArchive); // so that it starts while the other works
                int acknowledged = killAtAnyMoment(writer, random);
                if (compare(acknowledged)) {
                    unacknowledged++;
                }
            }
        } finally {
            next.destroyForcibly();
        }
        System.out.printf(
                "%d kills, %d acknowledged operations, lost 0; %d more were complete already%n",
                KILLS, expected.position(), unacknowledged);
        undoAFew(40);
    }

    @Test
    void theSameHappensWithoutAKill() throws ProblemException {
        file = folder.resolve("alive.palimpsest");
        var script = new EditScript(SEED, folder);
        try (var project = Project.create(file, InstantSource.fixed(RandomEdits.NOW))) {
            for (int i = 0; i < 300; i++) {
                EditScript.perform(project, script.next());
                if (i % 5 == 0) {
                    assertSame(images(project), script.images());
                }
            }
        }
    }

    /// Names what differs instead of everything.
    private static void assertSame(
            Map<ImageId, AnnotatedImage> present, Map<ImageId, AnnotatedImage> wanted) {
        assertThat(present.keySet()).isEqualTo(wanted.keySet());
        wanted.forEach((id, image) -> {
            assertThat(present.get(id).details()).isEqualTo(image.details());
            for (int i = 0; i < image.annotations().size(); i++) {
                assertThat(present.get(id).annotations().get(i))
                        .isEqualTo(image.annotations().get(i));
            }
            assertThat(present.get(id)).isEqualTo(image);
        });
    }

    /// @return the number that it acknowledged last
    private int killAtAnyMoment(Process writer, Random random) throws Exception {
        try (var to = writer.outputWriter();
                var from = writer.inputReader()) {
            to.write(expected.position() + "\n");
            to.flush();
            String last = String.valueOf(expected.position());
            // Now and then while it opens the project.
            int count = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                String line = from.readLine();
                assertThat(line).as("the writer goes on until it is killed").isNotNull();
                last = line;
            }
            Thread.sleep(count == 0 ? random.nextInt(150) : 0, random.nextInt(999_999));
            writer.toHandle().destroyForcibly(); // the pipe stays, what was acknowledged is in it
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                last = line.isEmpty() ? last : line;
            }
            writer.waitFor();
            return Integer.parseInt(last);
        }
    }

    /// @return whether one more operation is there than was acknowledged
    private boolean compare(int acknowledged) throws ProblemException {
        while (expected.position() < acknowledged) {
            expected.next();
        }
        try (var project = open(file)) {
            assertThat(ProjectCheck.check(project, false, Progress.NONE).findings())
                    .filteredOn(finding -> !finding.message().contains("missing ('palimpsest"))
                    .filteredOn(finding -> finding.place().matches("(database|table|image row).*"))
                    .isEmpty();
            boolean oneMore = !images(project).equals(expected.images());
            if (oneMore) {
                expected.next();
            }
            assertSame(images(project), expected.images());
            if (expected.canUndo()) {
                project.undo();
                expected.undo();
                assertSame(images(project), expected.images());
                project.redo();
                expected.redo();
                assertSame(images(project), expected.images());
            }
            return oneMore;
        }
    }

    private void undoAFew(int steps) throws ProblemException {
        try (var project = open(file)) {
            for (int i = 0; i < steps; i++) {
                assertThat(project.undo()).isPresent();
                expected.undo();
                assertSame(images(project), expected.images());
            }
            for (int i = 0; i < steps; i++) {
                assertThat(project.redo()).isPresent();
                expected.redo();
            }
            assertSame(images(project), expected.images());
        }
    }

    private static Map<ImageId, AnnotatedImage> images(Project project) throws ProblemException {
        List<AnnotatedImage> all = new ArrayList<>();
        project.dataset(ImageFilter.ALL).forEach(all::add);
        return EditScript.byId(all);
    }
}
