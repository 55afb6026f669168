package org.palimpsest.format.imagefolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.CollectingSink;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.Finding;
import org.palimpsest.format.FormatContract;
import org.palimpsest.format.GeneratedDataset;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.format.table.Described;
import org.palimpsest.format.table.ForgetfulSink;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

class ImageFolderFormatTest extends FormatContract {
    private static final Path RESOURCES =
            Path.of("src/test/resources/org/palimpsest/format/imagefolder");
    private static final Path SAMPLE = RESOURCES.resolve("sample");
    private static final Map<String, List<String>> TRAIN =
            Map.of(
                    "scene_one.png",
                    List.of(
                            "cat [4.0, 5.0, 24.0, 26.0]",
                            "dog [30.0, 8.0, 58.0, 42.0]",
                            "caption en: a cat and a dog with a hole",
                            "caption en: Ein Hund, eine \"Katze\""),
                    "übung 猫 2.jpg",
                    List.of(
                            "red car [5.0, 10.0, 70.0, 49.0]",
                            "dog [60.0, 40.0, 78.0, 58.0]",
                            "caption en: two parts of one car – café 😀"),
                    "rotated.jpg",
                    List.of("cat [5.0, 10.0, 30.0, 50.0]", "caption en: a tilted cat"));

    @Override
    protected DatasetFormat format() {
        return new ImageFolderFormat();
    }

    @Override
    protected Path importSource(Path exported) {
        return exported;
    }

    /// The contract's other tests run on Parquet; what JSON lines do is tested below.
    @Override
    protected ExportOptions exportOptions() {
        return ExportOptions.DEFAULT.withSettings(Map.of("metadata", "parquet"));
    }

    @Test
    void jsonLinesHoldTheSameAsParquet() throws Exception {
        var data = GeneratedDataset.make(12, folder.resolve("source"), contents());
        var list = new ArrayList<AnnotatedImage>();
        data.forEach(image ->
                list.add(
                        image.annotations().isEmpty()
                                ? image.withDetails(ImageDetails.NEW.withSplit(Split.TRAIN))
                                : image));
        var all = new LinkedHashMap<String, Map<String, List<String>>>();
        for (var kind : List.of("jsonl", "parquet")) {
            var target = folder.resolve(kind);
            Exporter.export(
                    format(),
                    Dataset.of(data.labels(), list),
                    target,
                    ExportOptions.DEFAULT.withSettings(Map.of("metadata", kind)),
                    Progress.NONE);
            try (var files = Files.walk(target)) {
                assertThat(files.filter(file -> file.toString().endsWith("." + kind))).isNotEmpty();
            }
            all.put(kind, Described.of(read(target)));
        }
        assertThat(all.get("jsonl")).isEqualTo(all.get("parquet")).hasSize(list.size());
    }

    @Test
    void theSampleGivesWhatTheIndependentReaderGets() throws Exception {
        var findings = new ArrayList<String>();
        var data = imported(SAMPLE, ImportOptions.DEFAULT, findings);
        var expected = new LinkedHashMap<>(TRAIN);
        expected.put("nothing.png", List.of());
        expected.put(
                "edge.png",
                List.of(
                        "t-shirt [0.0, 0.0, 12.0, 9.0]",
                        "t-shirt [20.0, 20.0, 33.0, 31.0]",
                        "cat [0.0, 25.0, 3.0, 31.0]",
                        "caption en: line one\nline two",
                        "caption en: tab\there; and <b>markup</b> & more"));
        assertThat(Described.of(data)).containsExactlyInAnyOrderEntriesOf(expected);
        var splits = new LinkedHashMap<String, Split>();
        data.forEach(image ->
                splits.put(image.image().file().getFileName().toString(), image.details().split()));
        assertThat(splits)
                .isEqualTo(
                        Map.of(
                                "scene_one.png", Split.TRAIN,
                                "übung 猫 2.jpg", Split.TRAIN,
                                "rotated.jpg", Split.TRAIN,
                                "nothing.png", Split.VALIDATION,
                                "edge.png", Split.VALIDATION));
        assertThat(findings)
                .containsExactly(
                        "train/metadata.jsonl: \"suffix\" says what \"objects\" says, which is taken",
                        "validation/metadata.jsonl: \"suffix\" says what \"objects\" says, which is"
                                + " taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"by-pyarrow.parquet", "by-pyarrow-gzip.parquet"})
    void parquetFilesOfPyarrowAreRead(String name) throws Exception {
        var data =
                imported(
                        RESOURCES.resolve(name),
                        ImportOptions.DEFAULT.withImageFolder(SAMPLE.resolve("train")),
                        new ArrayList<>());
        assertThat(Described.of(data)).isEqualTo(TRAIN);
    }

    @Test
    void aPathThatLeavesTheFolderIsRefused() throws Exception {
        var findings = new ArrayList<String>();
        var data = imported(RESOURCES.resolve("parent-path"), ImportOptions.DEFAULT, findings);
        assertThat(data.imageCount()).isZero();
        assertThat(findings)
                .containsExactly(
                        "train/metadata.jsonl, line 1: the image path leaves its folder: ../a.png");
    }

    @Test
    void metadataOfTwoKindsAsksWhich() throws Exception {
        var both = RESOURCES.resolve("two-kinds");
        assertThatThrownBy(() -> imported(both, ImportOptions.DEFAULT, new ArrayList<>()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("two kinds");
        var one =
                imported(
                        both.resolve("train/metadata.jsonl"),
                        ImportOptions.DEFAULT,
                        new ArrayList<>());
        assertThat(Described.of(one)).isEqualTo(Map.of("a.png", List.of("caption en: x")));
    }

    @Test
    void whatCannotBeTakenOverIsNamed() throws Exception {
        Files.copy(SAMPLE.resolve("validation/edge.png"), folder.resolve("edge.png"));
        Files.writeString(
                folder.resolve("metadata.jsonl"),
                """
                {"file_name":"edge.png","objects":[{"bbox":[1,1,4,4],"category":3,"seen":true},{"bbox":[1,1,4],"label":"cat"}],"colour":"red"}
                {"file_name":"edge.png","objects":{"bbox":[[1,1,-4,4],[30,1,40,4],[1,1,2,2]],"categories":["cat","cat","cat"],"segmentation":["","","9999"]}}
                {"file_name":"none.png"}
                {"file_name":["edge.png"]}
                [1]
                {"file_name":
                {"file_name":"edge.png","prefix":"detect cat","suffix":"<loc0000><loc0000><loc1023><loc1023> cat"}
                """);
        var findings = new ArrayList<String>();
        var data = imported(folder, ImportOptions.DEFAULT, findings);
        assertThat(Described.of(data))
                .isEqualTo(
                        Map.of(
                                "edge.png",
                                List.of(
                                        "category 3 [1.0, 1.0, 5.0, 5.0] {seen=true}",
                                        "cat [30.0, 1.0, 33.0, 5.0]",
                                        "cat [1.0, 1.0, 3.0, 3.0]",
                                        "cat [0.0, 0.0, 33.0, 31.0]")));
        assertThat(findings).hasSize(10);
        assertThat(findings.getFirst())
                .isEqualTo("metadata.jsonl: the column \"colour\" is not taken over");
        assertThat(findings.get(2))
                .isEqualTo(
                        "metadata.jsonl, line 1, object 2: the object has no box of four numbers:"
                                + " left out");
    }

    @Test
    void aSplitWithoutObjectsMakesJsonLinesParquet() throws Exception {
        var list = new ArrayList<AnnotatedImage>();
        GeneratedDataset.make(3, folder.resolve("source"), Set.of()).forEach(list::add);
        var drawn = new Provenance.Drawn("ada", GeneratedDataset.NOW);
        var labelled =
                list.get(0)
                        .withAnnotations(
                                List.of(
                                        ObjectAnnotation.of("cat", new Box(1, 1, 5, 5.5), drawn),
                                        ObjectAnnotation.of(
                                                "cat",
                                                Mask.empty(list.get(0).image().size()),
                                                drawn)));
        var negative = list.get(1).withDetails(ImageDetails.NEW.withSplit(Split.TEST));
        var outcome =
                Exporter.export(
                        format(),
                        Dataset.of(LabelSet.EMPTY, List.of(labelled, negative)),
                        folder.resolve("out"),
                        ExportOptions.DEFAULT,
                        Progress.NONE);
        assertThat(outcome.report().findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "splits: 1 images without a split go to train",
                        "test: its first rows hold nothing in a column that other splits fill, which"
                                + " JSON lines cannot say: Parquet is written",
                        "a.png: the object 'cat' covers nothing of the image: left out");
        assertThat(folder.resolve("out/train/metadata.parquet")).exists();
        assertThat(folder.resolve("out/test/metadata.parquet")).exists();

        Exporter.export(
                format(),
                Dataset.of(LabelSet.EMPTY, List.of(labelled)),
                folder.resolve("lines"),
                ExportOptions.DEFAULT,
                Progress.NONE);
        var size = list.get(0).image().size();
        assertThat(Files.readString(folder.resolve("lines/train/metadata.jsonl")))
                .isEqualTo(
                        "{\"file_name\":\"a.png\",\"width\":%d,\"height\":%d,"
                                        .formatted(size.width(), size.height())
                                + "\"objects\":{\"id\":[1],\"bbox\":[[1.0,1.0,4.0,4.5]],"
                                + "\"area\":[18.0],\"categories\":[\"cat\"],\"iscrowd\":[0],"
                                + "\"segmentation\":[\"\"]}}\n");
    }

    @Test
    void imagesCannotStayOutside() throws Exception {
        var data = GeneratedDataset.make(3, folder.resolve("source"), Set.of());
        assertThatThrownBy(() ->
                        Exporter.export(
                                format(),
                                data,
                                folder.resolve("out"),
                                ExportOptions.DEFAULT.withImages(ImagesMode.REFER),
                                Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("holds its images");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noDamageStopsTheReader() throws Exception {
        byte[] whole = Files.readAllBytes(SAMPLE.resolve("train/metadata.jsonl"));
        var random = new Random(5);
        var sink = new ForgetfulSink();
        int findings = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j < 1 + random.nextInt(4); j++) {
                damaged[random.nextInt(damaged.length)] =
                        (byte) "\"[]{},:\n0a-\u0000\u00C3".charAt(random.nextInt(13));
            }
            var file = Files.write(folder.resolve("metadata.jsonl"), damaged);
            var data =
                    new DatasetImport(
                            file,
                            ImportOptions.DEFAULT.withImageFolder(SAMPLE.resolve("train")),
                            sink,
                            Progress.NONE);
            try {
                format().reader().orElseThrow().read(data);
                findings += data.findings().kept().size();
            } catch (ProblemException e) {
                assertThat(e.problem().oneLine()).isNotBlank();
            }
        }
        assertThat(findings).isGreaterThan(2000);
    }

    private Dataset imported(Path source, ImportOptions options, List<String> findings)
            throws ProblemException {
        var sink = new CollectingSink();
        var data = new DatasetImport(source, options, sink, Progress.NONE);
        format().reader().orElseThrow().read(data);
        data.findings().kept().forEach(finding -> findings.add(finding.toString()));
        return sink.data();
    }
}
