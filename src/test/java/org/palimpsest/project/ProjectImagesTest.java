package org.palimpsest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.ReplaceLabels;
import org.palimpsest.geometry.Box;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.ProblemException;

/// Projects with real image files: adding, importing, moving, checking and archiving them.
class ProjectImagesTest {
    @TempDir private Path folder;
    private Project project;

    @BeforeEach
    void create() throws ProblemException {
        project = Project.create(folder.resolve("p.palimpsest"), clock());
    }

    @AfterEach
    void close() throws ProblemException {
        project.close();
    }

    private static InstantSource clock() {
        return InstantSource.fixed(RandomEdits.NOW);
    }

    private Path picture(String name, int color) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        byte[] rgb = new byte[8 * 6 * 3];
        Arrays.fill(rgb, (byte) color);
        ImageFiles.writePng(new Picture(8, 6, rgb), file);
        return file;
    }

    private List<AnnotatedImage> images() throws ProblemException {
        return images(project);
    }

    private static List<AnnotatedImage> images(Project project) throws ProblemException {
        var all = new ArrayList<AnnotatedImage>();
        project.dataset(ImageFilter.ALL).forEach(all::add);
        return all;
    }

    private static ObjectAnnotation object(String label) {
        return ObjectAnnotation.of(
                label, new Box(0, 0, 4, 4), new Provenance.Imported("COCO", "a.json"));
    }

    private static Progress cancelledAfter(int updates) {
        return new Progress() {
            private int seen;

            @Override
            public void update(ProgressUpdate update) {
                seen++;
            }

            @Override
            public boolean isCancelled() {
                return seen >= updates;
            }
        };
    }

    @Test
    void addingTellsKnownFilesTwinsAndWhatIsNoImage() throws Exception {
        var one = picture("one.png", 1);
        var twin = picture("twin.png", 1);
        var two = picture("two.png", 2);
        var text = Files.writeString(folder.resolve("text.png"), "no image");
        var report = ImageAdder.add(project, List.of(one, twin, text, one), Progress.NONE);
        assertThat(report.added()).isEqualTo(1);
        assertThat(report.known()).isEqualTo(1);
        assertThat(report.twins()).containsExactly(new ImageAdder.Twin(twin, one));
        assertThat(report.failures()).extracting(ImageAdder.Failure::file).containsExactly(text);
        var again = ImageAdder.add(project, List.of(one, twin, two), Progress.NONE);
        assertThat(again)
                .isEqualTo(
                        new ImageAdder.Report(
                                1, 1, List.of(new ImageAdder.Twin(twin, one)), List.of()));
        assertThat(images()).extracting(image -> image.image().file()).containsExactly(one, two);
        project.undo();
        assertThat(images()).hasSize(1);
    }

    @Test
    void anAdditionThatWasCancelledIsGoneOnWith() throws Exception {
        var files = List.of(picture("1.png", 1), picture("2.png", 2), picture("3.png", 3));
        assertThat(ImageAdder.add(project, files, cancelledAfter(2)).added()).isEqualTo(2);
        var rest = ImageAdder.add(project, files, Progress.NONE);
        assertThat(List.of(rest.added(), rest.known())).containsExactly(1, 2);
        assertThat(ImageAdder.add(project, files, Progress.NONE).added()).isZero();
        assertThat(project.undo()).isPresent();
        assertThat(project.undo()).isPresent();
        assertThat(project.undo()).as("what added nothing is no step").isEmpty();
    }

    @Test
    void anImportIsWholeOrLeavesNothing() throws Exception {
        var one = picture("one.png", 1);
        assertThatThrownBy(() ->
                        project.importData(
                                "import",
                                sink -> {
                                    var image = sink.image(one);
                                    sink.label(new Label("dog", 1));
                                    sink.annotations(image.id(), List.of(object("cat")));
                                    throw new ProblemException("broken", "a.json", "");
                                }))
                .hasMessageContaining("broken");
        assertThat(images()).isEmpty();
        assertThat(project.labels().names()).isEmpty();
        assertThat(project.nextUndo()).isEmpty();
        ImageId id =
                project.importData(
                        "import",
                        sink -> {
                            var image = sink.image(one);
                            sink.annotations(image.id(), List.of(object("cat")));
                            return image.id();
                        });
        assertThat(project.image(id).orElseThrow().objects()).hasSize(1);
        project.undo();
        assertThat(images()).isEmpty();
    }

    @Test
    void anImportJoinsWhatIsThere() throws Exception {
        var one = picture("one.png", 1);
        var twin = picture("twin.png", 1);
        var labels = project.labels();
        var car = new Label("car", 1, "", "", List.of("auto", "truck"));
        project.apply(new ReplaceLabels(labels, new LabelSet(List.of(car, new Label("truck", 2)))));
        project.importData(
                "import",
                sink -> {
                    var first = sink.image(one);
                    assertThat(sink.image(twin)).as("the same picture").isEqualTo(first);
                    sink.details(
                            first.id(),
                            new ImageDetails(
                                    ImageState.DONE,
                                    Split.TRAIN,
                                    Set.of("a"),
                                    "",
                                    Map.of("auto", LabelCheck.NOT_EXHAUSTIVE)));
                    sink.details(
                            first.id(),
                            new ImageDetails(
                                    ImageState.NEW, Split.TEST, Set.of("b"), "note", Map.of()));
                    sink.annotations(first.id(), List.of(object("auto"), object("truck")));
                    sink.annotations(first.id(), List.of(object("bus")));
                    return first;
                });
        var image = images().getFirst();
        assertThat(image.objects())
                .extracting(ObjectAnnotation::label)
                .containsExactly("car", "truck", "bus");
        assertThat(image.details())
                .isEqualTo(
                        new ImageDetails(
                                ImageState.DONE,
                                Split.TRAIN,
                                Set.of("a", "b"),
                                "note",
                                Map.of("car", LabelCheck.NOT_EXHAUSTIVE)));
    }

    @Test
    void movedImagesAreFoundByTheirContentsAndUndoKeepsThePlace() throws Exception {
        var one = picture("old/one.png", 1);
        var two = picture("old/two.png", 2);
        ImageAdder.add(project, List.of(one, two), Progress.NONE);
        Files.createDirectories(folder.resolve("new/sub"));
        // They swap their names on the way.
        Files.move(one, folder.resolve("new/sub/two.png"));
        Files.move(two, folder.resolve("new/sub/one.png"));
        var gone = picture("old/gone.png", 3);
        ImageAdder.add(project, List.of(gone), Progress.NONE);
        Files.delete(gone);
        var found = Relocation.find(project, folder.resolve("new"), Progress.NONE);
        assertThat(found.missing()).extracting(image -> image.file()).containsExactly(gone);
        found.apply(project);
        assertThat(files())
                .containsExactly(
                        folder.resolve("new/sub/two.png"), folder.resolve("new/sub/one.png"), gone);
        assertThat(project.count(ImageFilter.parse("name:new/sub"))).isEqualTo(2);
        project.undo();
        project.undo();
        assertThat(images()).isEmpty();
        project.redo();
        assertThat(files().getFirst()).isEqualTo(folder.resolve("new/sub/two.png"));
    }

    private List<Path> files() throws ProblemException {
        return images().stream().map(image -> image.image().file()).toList();
    }

    @Test
    void aCheckNamesWhatIsWrong() throws Exception {
        var one = picture("one.png", 1);
        var two = picture("two.png", 2);
        var three = picture("three.png", 3);
        ImageAdder.add(project, List.of(one, two, three), Progress.NONE);
        assertThat(ProjectCheck.check(project, true, Progress.NONE))
                .isEqualTo(new ProjectCheck.Report(3, List.of(), 0));
        Files.delete(one);
        byte[] bytes = Files.readAllBytes(two);
        bytes[bytes.length - 1] ^= 1;
        Files.write(two, bytes);
        var outside =
                ObjectAnnotation.of(
                        "cat", new Box(50, 50, 60, 60), new Provenance.Imported("COCO", "a.json"));
        project.apply(AddAnnotations.onTopOf(images().getLast(), List.of(outside)));
        project.database().execute("PRAGMA foreign_keys = OFF");
        project.database().execute("UPDATE image_count SET objects = 7 WHERE image = 1");
        project.database().execute("INSERT INTO image_tag(image, tag) VALUES (99, 'x')");
        assertThat(ProjectCheck.check(project, true, Progress.NONE).findings())
                .extracting(ProjectCheck.Finding::message)
                .satisfiesExactly(
                        message -> assertThat(message).contains("refers to a missing image"),
                        message -> assertThat(message).contains("kept wrongly"),
                        message -> assertThat(message).contains("file is missing"),
                        message -> assertThat(message).contains("other contents"),
                        message -> assertThat(message).contains("covers nothing"));
        Files.write(two, new byte[] {1});
        assertThat(ProjectCheck.check(project, false, Progress.NONE).findings())
                .extracting(ProjectCheck.Finding::message)
                .anyMatch(message -> message.contains("another length"));
    }

    @Test
    void anArchiveHoldsTheProjectWithItsHistory() throws Exception {
        var one = picture("a:b ü.png", 1);
        ImageAdder.add(project, List.of(one, picture("x/two.png", 2)), Progress.NONE);
        project.apply(AddAnnotations.onTopOf(images().getFirst(), List.of(object("cat"))));
        Path archive = folder.resolve("p.zip");
        ProjectArchive.export(project, archive, Progress.NONE);
        Path copy = ProjectArchive.unpack(archive, folder.resolve("copy"), Progress.NONE);
        try (var unpacked = Project.open(copy, clock())) {
            assertThat(unpacked.labels()).isEqualTo(project.labels());
            assertThat(images(unpacked))
                    .usingRecursiveComparison()
                    .ignoringFields("image.file")
                    .isEqualTo(images());
            assertThat(ProjectCheck.check(unpacked, true, Progress.NONE).findings()).isEmpty();
            assertThat(unpacked.undo().map(Project.Replayed::title)).contains("add cat");
            assertThat(unpacked.undo()).isPresent();
            assertThat(unpacked.redo()).isPresent();
            assertThat(ProjectCheck.check(unpacked, true, Progress.NONE).findings()).isEmpty();
        }
    }

    @Test
    void anArchiveThatIsNotFinishedLeavesNothingBehind() throws Exception {
        var one = picture("one.png", 1);
        ImageAdder.add(project, List.of(one, picture("two.png", 2)), Progress.NONE);
        Path archive = folder.resolve("p.zip");
        var before = names();
        assertThatThrownBy(() -> ProjectArchive.export(project, archive, cancelledAfter(1)))
                .hasMessageContaining("cancelled");
        assertThat(names()).isEqualTo(before);
        ProjectArchive.export(project, archive, Progress.NONE);
        var withArchive = names();
        assertThatThrownBy(() ->
                        ProjectArchive.unpack(archive, folder.resolve("copy"), cancelledAfter(1)))
                .hasMessageContaining("cancelled");
        assertThat(names()).isEqualTo(withArchive);
        Files.delete(one);
        assertThatThrownBy(() ->
                        ProjectArchive.export(project, folder.resolve("q.zip"), Progress.NONE))
                .hasMessageContaining("missing");
        assertThat(names()).doesNotContain("q.zip");
        byte[] bytes = Files.readAllBytes(archive);
        for (int length : new int[] {0, 100, bytes.length / 2, bytes.length - 1}) {
            assertUnpackFails(Arrays.copyOf(bytes, length));
        }
        bytes[bytes.length / 3] ^= 4;
        assertUnpackFails(bytes);
    }

    private void assertUnpackFails(byte[] archive) throws Exception {
        Path file = Files.write(folder.resolve("bad.zip"), archive);
        var before = names();
        assertThatThrownBy(() -> ProjectArchive.unpack(file, folder.resolve("copy"), Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("bad.zip");
        assertThat(names()).isEqualTo(before);
    }

    private List<String> names() throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(one -> one.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.png",
                "images/../../evil.png",
                "/evil.png",
                "images/..",
                "evil.png",
                "images/000001-a/b.png",
                "images/000001-a\\b.png",
                "images/000001-a:b.png"
            })
    void entriesThatLeaveTheFolderAreRefused(String name) throws Exception {
        Path archive = folder.resolve("bad.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(1);
        }
        assertUnpackFails(Files.readAllBytes(archive));
        assertThat(folder.resolveSibling("evil.png")).doesNotExist();
    }

    @Test
    void whatWouldFillTheDiskIsRefused() throws Exception {
        Path archive = folder.resolve("bomb.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("images/000001-bomb.png"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1300; i++) {
                zip.write(zeros);
            }
        }
        assertThatThrownBy(
                        () -> ProjectArchive.unpack(archive, folder.resolve("copy"), Progress.NONE))
                .hasMessageContaining("would become larger");
        assertThat(folder.resolve("copy")).doesNotExist();
    }

    @Test
    void twoProgramsSeeEachOthersChangesAndAWriterWaitsOrIsTold() throws Exception {
        ImageAdder.add(project, List.of(picture("one.png", 1)), Progress.NONE);
        try (var other = Project.open(project.file(), clock())) {
            other.apply(AddAnnotations.onTopOf(images(other).getFirst(), List.of(object("cow"))));
            var id = images().getFirst().image().id();
            assertThat(project.image(id).orElseThrow().objects().getFirst().label())
                    .isEqualTo("cow");
            assertThat(project.labels().names()).containsExactly("cow");
            other.database().execute("PRAGMA busy_timeout = 50");
            project.database().execute("BEGIN IMMEDIATE");
            assertThatThrownBy(other::undo).hasMessageContaining("in use by another program");
            project.database().execute("ROLLBACK");
            assertThat(other.undo()).isPresent();
        }
        assertThat(images().getFirst().annotations()).isEmpty();
    }
}
