package org.palimpsest.format.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.format.Finding;
import org.palimpsest.format.Finding.Severity;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.format.ImportReport;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

class PaliGemmaJsonlReaderTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference/formats");
    private static final String GOOD =
            "{\"image\":\"a.png\",\"prefix\":\"detect cat\",\"suffix\":\"<loc0100><loc0200><loc0300><loc0400> cat\"}\n";

    @TempDir Path folder;

    private record Content(List<JsonlExample> examples, ImportReport report) {}

    private static Content read(Path file) throws ProblemException {
        var examples = new ArrayList<JsonlExample>();
        var report = PaliGemmaJsonlReader.read(file, (_, example) -> examples.add(example));
        assertThat(report.examples()).isEqualTo(examples.size());
        return new Content(examples, report);
    }

    private Content readText(String text) throws Exception {
        return read(Files.writeString(folder.resolve("x.jsonl"), text));
    }

    @Test
    void readsWhatBigVisionReads() throws Exception {
        var content = read(REFERENCE.resolve("big-vision-jsonl/data.jsonl"));
        var expected = new ArrayList<JsonlExample>();
        var tree =
                new ObjectMapper()
                        .readTree(REFERENCE.resolve("big-vision-jsonl/expected.json").toFile());
        for (var example : tree.get("examples")) {
            expected.add(
                    new JsonlExample(
                            example.get("image").textValue().replaceFirst("^images/", ""),
                            example.get("prefix").textValue(),
                            example.get("suffix").textValue()));
        }
        assertThat(content.examples()).hasSize(19).isEqualTo(expected);
        assertThat(content.report().findings()).isEmpty();
    }

    /// Damaged and unusual files: how many lines are taken over, how many warnings and errors there are, and a
    /// piece of the first message.
    @ParameterizedTest
    @CsvSource({
        "28-jsonl-bom, 2, 1, 0, byte order mark",
        "29-jsonl-blank-line, 2, 2, 0, blank",
        "30-jsonl-crlf, 2, 0, 0, ",
        "31-jsonl-no-final-newline, 2, 0, 0, ",
        "32-jsonl-truncated, 1, 0, 1, not JSON",
        "33-jsonl-missing-key, 1, 0, 1, the key \"suffix\" is missing",
        "34-jsonl-list-value, 1, 0, 1, the key \"image\" is no string",
        "35-jsonl-mixed-types, 2, 1, 0, the type of \"score\" differs",
        "36-jsonl-array-line, 0, 0, 12, not JSON",
        "37-loc1024, 2, 1, 0, parts of 1024",
        "38-loc-inverted, 1, 0, 1, ''",
        "39-seg-fifteen, 1, 0, 1, ''",
        "40-prefix-newline, 2, 1, 0, ends in a line break",
        "41-prefix-image-token, 2, 1, 0, begins with <image>",
        "42-jsonl-path-parent, 1, 0, 1, leaves its folder",
    })
    void damagedFilesAreReadAsFarAsTheyGo(
            String name, int taken, int warnings, int errors, String message) throws Exception {
        Files.createFile(folder.resolve("a.png"));
        var report =
                new SizedSink(_ -> new Size(100, 100))
                        .read(
                                REFERENCE
                                        .resolve("damaged")
                                        .resolve(name)
                                        .resolve("annotations.jsonl"),
                                ImportOptions.DEFAULT.withImageFolder(folder));
        var findings = report.findings();
        assertThat(report.examples()).as("taken: %s", findings).isEqualTo(taken);
        assertThat(count(findings, Severity.WARNING)).as("%s", findings).isEqualTo(warnings);
        assertThat(count(findings, Severity.ERROR)).as("%s", findings).isEqualTo(errors);
        if (warnings + errors > 0) {
            assertThat(findings.getFirst().message()).contains(message).isNotBlank();
        }
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream().filter(finding -> finding.severity() == severity).count();
    }

    @Test
    void kerasKeysAreReadWithoutTheirLineBreak() throws Exception {
        var content =
                readText(
                        "{\"images\":\"a.png\",\"prompts\":\"caption en\\n\",\"responses\":\"x\"}");
        assertThat(content.examples())
                .containsExactly(new JsonlExample("a.png", "caption en", "x"));
        assertThat(content.report().findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a.png",
                "x/../../a.png",
                "x\\\\..\\\\a.png",
                "/etc/hostname",
                "C:\\\\a.png",
                "c:a.png",
                "\\\\\\\\server\\\\a.png",
                "",
                " ",
                "a\\u0000.png"
            })
    void pathsThatLeaveTheFolderAreRefused(String path) throws Exception {
        var content = readText(GOOD.replace("a.png", path) + GOOD);
        assertThat(content.examples()).hasSize(1);
        assertThat(content.report().findings())
                .singleElement()
                .extracting(Finding::place)
                .isEqualTo("line 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "\"text\"",
                "[]",
                "{}",
                "{\"image\":1,\"prefix\":\"a\",\"suffix\":\"b\"}",
                "{\"image\":\"a\",\"image\":\"b\",\"prefix\":\"a\",\"suffix\":\"b\"}",
                "{} {}",
                "{\"image\":\"a.png\",\"prefix\":null,\"suffix\":\"b\"}",
                "\u0000",
                "NaN"
            })
    void linesThatAreNoExampleAreReported(String line) throws Exception {
        var content = readText(GOOD + line + "\n" + GOOD);
        assertThat(content.examples()).hasSize(2);
        assertThat(content.report().findings())
                .singleElement()
                .extracting(Finding::place)
                .isEqualTo("line 2");
    }

    @Test
    void aLineWithoutAnEndIsSkippedWithoutKeepingIt() throws Exception {
        var file = folder.resolve("x.jsonl");
        try (var stream = Files.newOutputStream(file)) {
            byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 20; i++) {
                stream.write(block);
            }
            stream.write(("\n" + GOOD).getBytes(StandardCharsets.US_ASCII));
        }
        var content = read(file);
        assertThat(content.examples()).hasSize(1);
        assertThat(content.report().findings())
                .extracting(Finding::toString)
                .containsExactly("line 1: the line is longer than 1048576 bytes");
    }

    @Test
    void aMillionNestedBracketsAndNumbersWithoutEndAreReported() throws Exception {
        var content =
                readText("[".repeat(1_000_000) + "\n{\"x\":" + "9".repeat(900_000) + "}\n" + GOOD);
        assertThat(content.examples()).hasSize(1);
        assertThat(content.report().findings()).hasSize(2);
        assertThat(content.report().findings().getFirst().message()).hasSizeLessThan(400);
    }

    @Test
    void otherEncodingsAreReported() throws Exception {
        var file = folder.resolve("x.jsonl");
        Files.write(file, GOOD.getBytes(StandardCharsets.UTF_16));
        assertThat(read(file).examples()).isEmpty();
        Files.write(file, GOOD.replace("cat", "kätzchen").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(read(file).report().findings())
                .extracting(Finding::message)
                .containsExactly("the line is not UTF-8");
    }

    @Test
    void aFileOfFaultsKeepsTheFirstThousand() throws Exception {
        var report = readText("x\n".repeat(5000)).report();
        assertThat(report.findings()).hasSize(FindingList.KEPT);
        assertThat(report.moreFindings()).isEqualTo(4000);
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read(folder.resolve("no.jsonl")))
                .withMessageContaining("no.jsonl");
    }

    @Test
    void noChangeToALineStopsTheReader() throws Exception {
        Files.createFile(folder.resolve("a.png"));
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        var random = new Random(9);
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < 10_000; i++) {
            byte[] line = good.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                line[random.nextInt(line.length - 1)] = (byte) random.nextInt(256);
            }
            bytes.write(line);
        }
        Path file = Files.write(folder.resolve("x.jsonl"), bytes.toByteArray());
        var report = new SizedSink(_ -> new Size(64, 48)).read(file, ImportOptions.DEFAULT);
        assertThat(report.examples()).isBetween(30L, 9000L);
        assertThat(report.findings()).hasSize(FindingList.KEPT);
    }

    @Test
    void keysOfOtherToolsAreKeptAsText() throws Exception {
        var content = readText(GOOD.replace("{", "{\"id\":\"7\",\"nested\":{\"a\":[1]},"));
        assertThat(content.examples())
                .extracting(JsonlExample::others)
                .containsExactly(Map.of("id", "7", "nested", "{\"a\":[1]}"));
        assertThat(content.report().findings()).isEmpty();
    }
}
