package org.palimpsest.format.webdataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.CollectingSink;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.FormatContract;
import org.palimpsest.format.GeneratedDataset;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.format.table.Described;
import org.palimpsest.format.table.ForgetfulSink;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

class WebDatasetFormatTest extends FormatContract {
    private static final Path RESOURCES =
            Path.of("src/test/resources/org/palimpsest/format/webdataset");

    @Override
    protected DatasetFormat format() {
        return new WebDatasetFormat();
    }

    @Override
    protected Path importSource(Path exported) {
        return exported;
    }

    /// Few bytes, so that several archives are written and read.
    @Override
    protected ExportOptions exportOptions() {
        return ExportOptions.DEFAULT.withSettings(Map.of("shard_bytes", "20000"));
    }

    @Test
    void theSampleGivesWhatTheIndependentReaderGets() throws Exception {
        var findings = new ArrayList<String>();
        var data = imported("train-000000.tar", findings);
        assertThat(Described.of(data))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "000000.jpg",
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
                                // Stored 10,10 to 50,35 of 60×40, shown as the truth of the scene.
                                "000002.jpg",
                                List.of("cat [5.0, 10.0, 30.0, 50.0]", "caption en: a tilted cat"),
                                "000003.jpg",
                                List.of(),
                                "000004.jpg",
                                List.of(
                                        "t-shirt [0.0, 0.0, 12.0, 9.0]",
                                        "t-shirt [20.0, 20.0, 33.0, 31.0]",
                                        "cat [0.0, 25.0, 3.0, 31.0]",
                                        "caption en: line one\nline two",
                                        "caption en: tab\there; and <b>markup</b> & more")));
        data.forEach(image -> assertThat(image.details().split()).isEqualTo(Split.TRAIN));
        assertThat(findings).isEmpty();
        assertThat(folder.resolve("images")).isDirectoryContaining("glob:**/000000.jpg");
    }

    @Test
    void pictureAndJsonLieSideBySideAndHeadersSayNothingOfTheMachine() throws Exception {
        var data = GeneratedDataset.make(4, folder.resolve("source"), Set.of());
        Exporter.export(
                format(), data, folder.resolve("out"), ExportOptions.DEFAULT, Progress.NONE);
        var members = new ArrayList<String>();
        try (var tar =
                new TarArchiveInputStream(
                        Files.newInputStream(folder.resolve("out/train-000000.tar")))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                members.add(entry.getName());
                assertThat(entry.getLastModifiedTime().toMillis()).isZero();
                assertThat(List.of(entry.getLongUserId(), entry.getLongGroupId()))
                        .isEqualTo(List.of(0L, 0L));
                assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
            }
        }
        assertThat(members)
                .startsWith("a.png", "a.json", "übung 猫 2.png", "übung 猫 2.json")
                .hasSize(2 * (int) data.imageCount());
        try (var files = Files.list(folder.resolve("out"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("train-000000.tar", "palimpsest-export.json");
        }
    }

    @Test
    void archivesEndAtTheChosenSize() throws Exception {
        var data = GeneratedDataset.make(4, folder.resolve("source"), Set.of());
        Exporter.export(
                format(),
                data,
                folder.resolve("out"),
                ExportOptions.DEFAULT.withSettings(Map.of("shard_bytes", "1")),
                Progress.NONE);
        try (var files = Files.list(folder.resolve("out"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".tar")))
                    .hasSize((int) data.imageCount());
        }
        assertThatThrownBy(() ->
                        Exporter.export(
                                format(),
                                data,
                                folder.resolve("none"),
                                ExportOptions.DEFAULT.withSettings(Map.of("shard_bytes", "1 GB")),
                                Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("1 GB");
    }

    @Test
    void aFileInTheImageFolderIsNeverOverwritten() throws Exception {
        Files.createDirectories(folder.resolve("images"));
        Files.writeString(folder.resolve("images/000000.jpg"), "mine");
        var data = imported("train-000000.tar", new ArrayList<>());
        assertThat(folder.resolve("images/000000.jpg")).hasContent("mine");
        assertThat(Described.of(data)).containsKey("000000-2.jpg").doesNotContainKey("000000.jpg");
        // A second time, the files are those that were unpacked before.
        imported("train-000000.tar", new ArrayList<>());
        try (var files = Files.list(folder.resolve("images"))) {
            assertThat(files).hasSize(6);
        }
    }

    @Test
    void withoutAnImageFolderPicturesLieBesideTheArchive() throws Exception {
        Files.copy(RESOURCES.resolve("train-000000.tar"), folder.resolve("val-1.tar"));
        var sink = new CollectingSink();
        format().reader()
                .orElseThrow()
                .read(new DatasetImport(folder, ImportOptions.DEFAULT, sink, Progress.NONE));
        assertThat(folder.resolve("val-1-images/000004.jpg")).exists();
        sink.data()
                .forEach(image -> assertThat(image.details().split()).isEqualTo(Split.VALIDATION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip-bomb.zip", "tar-bomb.tar.gz"})
    void anArchiveThatUnpacksToTooMuchIsRefused(String name) throws Exception {
        assertThatThrownBy(() -> imported(name, new ArrayList<>()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("it unpacks to far more than its own size");
        assertThat(folder.resolve("images")).doesNotExist();
    }

    @Test
    void anArchiveThatEndsInAFileIsRefusedWithTheNumberOfTheFile() {
        assertThatThrownBy(() -> imported("tar-truncated.tar", new ArrayList<>()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("tar-truncated.tar, behind file ");
    }

    @Test
    void pathsThatLeaveTheFolderAreRefused() throws Exception {
        var findings = new ArrayList<String>();
        imported("zip-parent-path.zip", findings);
        assertThat(findings)
                .contains(
                        "zip-parent-path.zip, ../x.png: the image path leaves its folder: ../x.png");
        assertThat(findings).filteredOn(line -> line.contains("not relative")).hasSize(1);
        assertThat(findings).filteredOn(line -> line.contains("leaves its folder")).hasSize(2);
        assertThat(folder.resolve("x.png")).doesNotExist();
        assertThat(Path.of("/abs.png")).doesNotExist();
    }

    @Test
    void filesThatAreNoPicturesAreNamedAndNotUnpacked() throws Exception {
        var findings = new ArrayList<String>();
        assertThat(imported("zip-many.zip", findings).imageCount()).isZero();
        assertThat(findings)
                .hasSize(1000)
                .allMatch(line -> line.endsWith("no extension: left out"));
        assertThat(folder.resolve("images")).doesNotExist();
    }

    @Test
    void namesWithSeveralDotsAreTakenWithAWarning() throws Exception {
        var findings = new ArrayList<String>();
        var data = imported("webdataset-dots.tar", findings);
        assertThat(Described.of(data).keySet()).containsExactly("img.v1.png", "img.v2.png");
        assertThat(findings).hasSize(4).allMatch(line -> line.contains("several dots"));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noDamageStopsTheReader() throws Exception {
        byte[] whole = Files.readAllBytes(RESOURCES.resolve("train-000000.tar"));
        var random = new Random(5);
        var sink = new ForgetfulSink();
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j < 1 + random.nextInt(6); j++) {
                // Half of the damage goes to headers, which lie at the start of blocks.
                int at =
                        random.nextBoolean()
                                ? random.nextInt(damaged.length / 512) * 512 + random.nextInt(160)
                                : random.nextInt(damaged.length);
                damaged[at] = (byte) random.nextInt(256);
            }
            var file = Files.write(folder.resolve("damaged.tar"), damaged);
            try {
                format().reader()
                        .orElseThrow()
                        .read(new DatasetImport(file, options(), sink, Progress.NONE));
            } catch (ProblemException e) {
                assertThat(e.problem().oneLine()).isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isBetween(20, 299);
    }

    private ImportOptions options() {
        return ImportOptions.DEFAULT.withImageFolder(folder.resolve("images"));
    }

    private Dataset imported(String name, List<String> findings)
            throws ProblemException, IOException {
        var sink = new CollectingSink();
        var data = new DatasetImport(RESOURCES.resolve(name), options(), sink, Progress.NONE);
        format().reader().orElseThrow().read(data);
        data.findings().kept().forEach(finding -> findings.add(finding.toString()));
        return sink.data();
    }
}
