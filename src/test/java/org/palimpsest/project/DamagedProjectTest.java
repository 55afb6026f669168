package org.palimpsest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.geometry.Size;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// Whatever is wrong with a file, there are words for it, and opening it leaves every byte as it is.
class DamagedProjectTest {
    private static final InstantSource CLOCK = InstantSource.fixed(RandomEdits.NOW);

    @TempDir private Path folder;
    private Path file;
    private byte[] sound;

    @BeforeEach
    void makeProject() throws Exception {
        file = folder.resolve("p.palimpsest");
        var edits = new RandomEdits(5, folder);
        try (var project = Project.create(file, CLOCK)) {
            for (int i = 0; i < 12; i++) {
                project.apply(edits.next());
            }
            project.undo();
        }
        sound = Files.readAllBytes(file);
    }

    @Test
    void aTruncatedFileIsRefusedWithWords() throws Exception {
        var random = new Random(1);
        for (int i = 0; i < 40; i++) {
            byte[] bytes = Arrays.copyOf(sound, random.nextInt(sound.length));
            assertThat(isNoticed(bytes)).as(bytes.length + " bytes").isTrue();
        }
    }

    @Test
    void flippedBitsGiveWordsOrDoNoHarm() throws Exception {
        var random = new Random(2);
        int noticed = 0;
        for (int i = 0; i < 200; i++) {
            byte[] bytes = sound.clone();
            for (int flips = 1 << random.nextInt(6); flips > 0; flips--) {
                // Half of them where the tables begin.
                int place = random.nextInt(random.nextBoolean() ? bytes.length : 4096);
                bytes[place] ^= (byte) (1 << random.nextInt(8));
            }
            if (isNoticed(bytes)) {
                noticed++;
            }
            Files.write(file, bytes);
            tryToWrite();
        }
        assertThat(noticed).isBetween(50, 199);
    }

    /// Opens, reads everything there is, and closes.
    ///
    /// @return whether anything was found to be wrong
    private boolean isNoticed(byte[] bytes) throws Exception {
        Files.write(file, bytes);
        boolean noticed;
        try (var project = Project.open(file, CLOCK)) {
            var images = new ArrayList<AnnotatedImage>();
            project.dataset(ImageFilter.ALL).forEach(images::add);
            project.info();
            project.count(ImageFilter.parse("cat objects>1 score<0.5 origin:drawn"));
            project.page(ImageFilter.ALL, ImagePage.START, 100);
            ModelRun.list(project);
            project.nextUndo();
            noticed =
                    ProjectCheck.check(project, false, Progress.NONE).findings().stream()
                            .anyMatch(finding -> !finding.place().endsWith(".png"));
        } catch (ProblemException e) {
            assertThat(e.problem().summary()).isNotBlank();
            assertThat(e.problem().detail()).contains(file.toString());
            assertThat(e.problem().remedy()).isNotBlank();
            noticed = true;
        }
        assertThat(Files.readAllBytes(file)).as("opening and reading changed it").isEqualTo(bytes);
        return noticed;
    }

    private void tryToWrite() {
        try (var project = Project.open(file, CLOCK)) {
            while (project.undo().isPresent()) {
                project.nextUndo();
            }
            project.redo();
        } catch (ProblemException e) {
            assertThat(e.problem().detail()).isNotBlank();
        }
    }

    @Test
    void anotherProgramsDatabaseIsRefused() throws Exception {
        var other = folder.resolve("other.db");
        try (var database = Database.open(other, true)) {
            database.execute("CREATE TABLE image(id)");
        }
        assertRefused(other, "not a Palimpsest project");
    }

    @Test
    void aNewerProjectIsRefused() throws Exception {
        try (var database = Database.open(file, true)) {
            database.execute("PRAGMA user_version = " + (Schema.VERSION + 1));
        }
        assertRefused(file, "newer Palimpsest");
    }

    @Test
    void whatIsNoDatabaseIsRefused() throws Exception {
        var other = folder.resolve("other.palimpsest");
        for (var content : List.of("", "SQLite format", "Dear all,\n".repeat(1000))) {
            Files.writeString(other, content);
            assertRefused(other, "not a Palimpsest project");
        }
        assertThatThrownBy(() -> Project.open(folder.resolve("none"), CLOCK))
                .hasMessageContaining("no such project");
        assertThatThrownBy(() -> Project.open(folder, CLOCK))
                .hasMessageContaining("no such project");
    }

    private void assertRefused(Path refused, String words) throws Exception {
        byte[] before = Files.readAllBytes(refused);
        for (boolean writable : List.of(true, false)) {
            assertThatThrownBy(
                            () -> {
                                if (writable) {
                                    Project.open(refused, CLOCK);
                                } else {
                                    Project.openForReading(refused);
                                }
                            })
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining(words)
                    .hasMessageContaining(refused.toString());
        }
        assertThat(Files.readAllBytes(refused)).isEqualTo(before);
        assertThat(besides(refused)).isEmpty();
    }

    private List<Path> besides(Path one) throws Exception {
        try (var all = Files.list(folder)) {
            return all.filter(other -> !other.equals(one) && other.startsWith(one + "-")).toList();
        }
    }

    @Test
    void aProjectIsReadWhereNothingCanBeWritten() throws Exception {
        // What Project.openForReading does in a read-only folder, for any user.
        try (var database = Database.open(file, false, true)) {
            assertThat(database.longValue("SELECT count(*) FROM image")).isPositive();
            try (var all = Files.list(folder)) {
                assertThat(all).as("nothing is made beside it").containsExactly(file);
            }
            assertThatThrownBy(() -> database.execute("DELETE FROM image"))
                    .hasMessageContaining("cannot be written");
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeThat(Files.isWritable(folder)).as("the system's manager may write").isFalse();
            try (var project = Project.openForReading(file)) {
                assertThat(project.count(ImageFilter.ALL)).isPositive();
                project.dataset(ImageFilter.ALL).forEach(_ -> {});
            }
            assertThatThrownBy(() -> Project.open(file, CLOCK))
                    .hasMessageContaining("cannot be written");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aProjectThatIsOpenForReadingRefusesEdits() throws Exception {
        try (var project = Project.openForReading(file)) {
            assertThatThrownBy(project::undo)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("cannot be written");
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(sound);
        try (var all = Files.list(folder)) {
            assertThat(all).as("nothing is left beside it").containsExactly(file);
        }
    }

    @Test
    void aFullDiskChangesNothing() throws Exception {
        try (var project = Project.open(file, CLOCK)) {
            var image =
                    new AnnotatedImage(
                            new ImageEntry(
                                    ImageId.random(), folder.resolve("n.png"), new Size(1, 1)));
            project.apply(new AddImage(image));
            long pages = project.database().longValue("PRAGMA page_count");
            project.database().execute("PRAGMA max_page_count = " + pages);
            var noise = new StringBuilder();
            new Random(3).ints(300_000, 'a', 'z').forEach(c -> noise.append((char) c));
            var large = ReplaceDetails.of(image, image.details().withNotes(noise.toString()));
            assertThatThrownBy(() -> project.apply(large))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("disk is full")
                    .hasMessageContaining(file.toString());
            assertThat(project.image(image.image().id())).contains(image);
            assertThat(project.nextUndo()).contains("add image");
            project.database().execute("PRAGMA max_page_count = 1000000");
            project.apply(large);
            assertThat(project.undo()).isPresent();
        }
    }
}
