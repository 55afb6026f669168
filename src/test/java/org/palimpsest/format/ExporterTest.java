package org.palimpsest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ContentHash;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.ProblemException;

class ExporterTest {
    private static final Provenance DRAWN = new Provenance.Drawn("ada", GeneratedDataset.NOW);
    private static final Provenance IMPORTED = new Provenance.Imported("x", "y");

    @TempDir private Path folder;
    private Path target;

    @BeforeEach
    void name() {
        target = folder.resolve("out");
    }

    /// Writes the labels of each image into a file, by code of the test.
    private record TestFormat(DatasetWriter code) implements DatasetFormat {
        @Override
        public String id() {
            return "test";
        }

        @Override
        public String title() {
            return "Test";
        }

        @Override
        public Carriage carriage() {
            return Carriage.of(Content.BOXES).replacing(Content.CROWDS, "become objects");
        }

        @Override
        public Optional<DatasetReader> reader() {
            return Optional.empty();
        }

        @Override
        public Optional<DatasetWriter> writer() {
            return Optional.of(code);
        }
    }

    private AnnotatedImage image(String name, int orientation, Annotation... annotations)
            throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageFiles.writePng(new Picture(4, 2, new byte[24]), file);
        var facts =
                new ImageFacts(
                        "", OptionalLong.empty(), orientation, Optional.empty(), Files.size(file));
        return new AnnotatedImage(
                new ImageEntry(ImageId.random(), file, new Size(4, 2), facts),
                List.of(annotations));
    }

    private static ObjectAnnotation object(String label, Provenance provenance) {
        return ObjectAnnotation.of(label, new Box(0, 0, 1, 1), provenance);
    }

    private Exporter.Exported export(
            DatasetWriter code, ExportOptions options, Progress progress, AnnotatedImage... images)
            throws ProblemException {
        return Exporter.export(
                new TestFormat(code),
                Dataset.of(LabelSet.EMPTY, List.of(images)),
                target,
                options,
                progress);
    }

    private List<String> leftBeside() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anExportThatFailsLeavesNothing() throws Exception {
        var image = image("a.png", 1);
        DatasetWriter fails =
                data -> {
                    data.image(image, "images");
                    throw new ProblemException("It broke", "", "");
                };
        assertThatThrownBy(() -> export(fails, ExportOptions.DEFAULT, Progress.NONE, image))
                .hasMessage("It broke");
        assertThat(leftBeside()).containsExactly("a.png");
    }

    @Test
    void aCancelledExportLeavesNothing() throws Exception {
        var cancelled =
                new Progress() {
                    @Override
                    public void update(ProgressUpdate update) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        assertThatThrownBy(() ->
                        export(
                                data -> data.forEachImage(image -> data.image(image, "")),
                                ExportOptions.DEFAULT,
                                cancelled,
                                image("a.png", 1)))
                .hasMessage("The export was cancelled");
        assertThat(leftBeside()).containsExactly("a.png");
    }

    @Test
    void whatIsThereAlreadyIsNotTouched() throws Exception {
        Files.createDirectory(target);
        Files.writeString(target.resolve("mine"), "work");
        assertThatThrownBy(() -> export(_ -> {}, ExportOptions.DEFAULT, Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("exists already");
        assertThat(target.resolve("mine")).hasContent("work");
    }

    @Test
    void whatWasRejectedIsLeftOutAndTheRestIfNobodyAcceptedItWhereAskedFor() throws Exception {
        var seen = new ArrayList<String>();
        DatasetWriter writer =
                data ->
                        data.forEachImage(image ->
                                image.objects().forEach(object -> seen.add(object.label())));
        var wrong = object("wrong", IMPORTED).withReview(ReviewState.REJECTED);
        var accepted = object("accepted", IMPORTED).withReview(ReviewState.ACCEPTED);
        var image =
                image(
                        "a.png",
                        1,
                        object("unseen", IMPORTED),
                        wrong,
                        accepted,
                        object("drawn", DRAWN));
        var rejected =
                image("b.png", 1, object("other", DRAWN))
                        .withDetails(ImageDetails.NEW.withState(ImageState.REJECTED));
        export(writer, ExportOptions.DEFAULT, Progress.NONE, image, rejected);
        assertThat(seen).containsExactly("unseen", "accepted", "drawn");
        seen.clear();
        target = folder.resolve("two");
        var options =
                new ExportOptions(
                        ImagesMode.COPY,
                        true,
                        0,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of());
        export(writer, options, Progress.NONE, image, rejected);
        assertThat(seen).containsExactly("accepted", "drawn");
    }

    @Test
    void lossesAreCountedWithTheirConsequences() throws Exception {
        var preview =
                Exporter.preview(
                        new TestFormat(_ -> {}),
                        Dataset.of(
                                LabelSet.EMPTY,
                                List.of(
                                        image(
                                                "a.png",
                                                1,
                                                object("cat", DRAWN).withCrowd(true),
                                                object("cat", DRAWN)
                                                        .withAttributes(Map.of("a", "b"))))),
                        ExportOptions.DEFAULT);
        assertThat(preview.losses())
                .extracting(ExportPreview.Loss::toString)
                .containsExactly(
                        "1 × crowd regions: become objects",
                        "1 × attributes: are left out",
                        "2 × where annotations came from: are left out");
    }

    @Test
    void everyImageHasAPlaceOfItsOwnAndTurnedOnesAreWrittenUpright() throws Exception {
        var places = new ArrayList<String>();
        export(
                data ->
                        data.forEachImage(image -> {
                            places.add(data.image(image, "images").path());
                            assertThat(data.image(image, "elsewhere").path())
                                    .isEqualTo(places.getLast());
                        }),
                ExportOptions.DEFAULT,
                Progress.NONE,
                image("one/a.png", 1),
                image("two/A.png", 1),
                image("three/a.jpg", 6));
        assertThat(places).containsExactly("images/a.png", "images/A-2.png", "images/a-3.png");
        assertThat(ImageFiles.readSize(target.resolve("images/a-3.png"))).isEqualTo(new Size(4, 2));
        assertThat(target.resolve("images/a.png"))
                .hasSameBinaryContentAs(folder.resolve("one/a.png"));
    }

    @Test
    void theManifestHasEveryFileWithItsHash() throws Exception {
        export(
                data -> data.forEachImage(image -> data.image(image, "images")),
                ExportOptions.DEFAULT,
                Progress.NONE,
                image("a.png", 1, object("cat", DRAWN)));
        JsonNode manifest =
                new ObjectMapper().readTree(target.resolve("palimpsest-export.json").toFile());
        assertThat(manifest.get("format").asText()).isEqualTo("test");
        assertThat(manifest.get("provenance").get("drawn").asInt()).isEqualTo(1);
        assertThat(manifest.get("files")).hasSize(1);
        assertThat(manifest.get("files").get(0).get("sha256").asText())
                .isEqualTo(ContentHash.of(target.resolve("images/a.png")));
    }
}
