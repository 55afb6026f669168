package org.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.coco.DamagedCoco;
import org.palimpsest.format.registry.FormatTable;
import org.palimpsest.format.registry.Formats;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;

/// Import, export, lint and evaluation from the command line, over the sample scenes and the bundled model.
class ExchangeCommandsTest {
    private static final String MODEL = "assets/model";

    @TempDir private static Path shared;
    private static Path samples;

    @TempDir private Path folder;

    @BeforeAll
    static void importSamples() {
        samples = shared.resolve("samples.palimpsest");
        palimpsest("import", samples, "assets/samples", "--format", "scenes");
        palimpsest("project", "split", samples, "--ratios", "0.6,0.2,0.2");
    }

    private static String palimpsest(Object... arguments) {
        var run = run(arguments);
        assertThat(run.exitCode()).as(run.error()).isZero();
        return run.output();
    }

    private static CommandRun run(Object... arguments) {
        return CommandRun.of(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }

    static Stream<String> writable() {
        return Formats.TABLE.stream()
                .filter(format -> format.writer().isPresent())
                .map(DatasetFormat::id);
    }

    @ParameterizedTest
    @MethodSource("writable")
    void everyFormatIsExportedTwiceToTheSameBytes(String format) throws IOException {
        for (var name : new String[] {"one", "two"}) {
            palimpsest(
                    "export",
                    samples,
                    "--format",
                    format,
                    "--out",
                    folder.resolve(name),
                    "--model",
                    MODEL,
                    "--images",
                    "link");
        }
        var files = files(folder.resolve("one"));
        assertThat(files).containsKey("palimpsest-export.json");
        assertThat(files(folder.resolve("two"))).isEqualTo(files);
    }

    private static Map<String, String> files(Path root) throws IOException {
        var contents = new TreeMap<String, String>();
        try (var all = Files.walk(root)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                contents.put(
                        root.relativize(file).toString(),
                        HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    @Test
    void anExportIsPreviewedWithoutWriting() {
        var preview = palimpsest("export", samples, "--format", "yolo-detect");
        assertThat(preview)
                .contains("YOLO detection: 30 images, 69 objects, 309 texts")
                .contains("69 × pixel masks: become boxes");
        var examples =
                palimpsest(
                        "export",
                        samples,
                        "--format",
                        "paligemma-bigvision",
                        "--set",
                        "templates=detect-each,caption");
        assertThat(examples).contains("74 examples:", "detect-each  44", "caption  30");
    }

    @Test
    void whatCannotBeExportedSaysWhy() throws IOException {
        assertThat(run("export", samples, "--format", "nothing").error())
                .contains("There is no format called 'nothing'", "coco");
        assertThat(run("export", samples, "--format", "coco", "--set", "colour=red").error())
                .contains("COCO instances has no setting called 'colour'");
        Files.createDirectories(folder.resolve("full/of"));
        var full = run("export", samples, "--format", "coco", "--out", folder.resolve("full"));
        assertThat(full.exitCode()).isEqualTo(ExitCode.PROBLEM);
        assertThat(full.error()).contains("The export's folder exists already");
        assertThat(
                        run("export", samples, "--format", "scenes", "--out", folder.resolve("x"))
                                .error())
                .contains("can only be read");
    }

    @Test
    void exportsForTrainersPassTheLinterAndAreEvaluated() throws IOException {
        var out = folder.resolve("train");
        palimpsest(
                "export",
                samples,
                "--format",
                "paligemma-bigvision",
                "--out",
                out,
                "--model",
                MODEL,
                "--set",
                "templates=detect-all,segment-all",
                "--where",
                "split:test");
        var report =
                palimpsest("lint", out, "--target", "bigvision-pretrain-448", "--model", MODEL);
        assertThat(report).contains("Nothing to remark");
        var tooShort = run("lint", out, "--target", "bigvision-cococap", "--model", MODEL);
        assertThat(tooShort.output()).contains("too long");

        var evaluated =
                palimpsest("evaluate", out.resolve("test.jsonl"), "--task", "detect", "--json");
        JsonNode json = new ObjectMapper().readTree(evaluated);
        assertThat(json.get("images") + "\n")
                .isEqualTo(
                        palimpsest("project", "list", samples, "--where", "split:test", "--count"));
        assertThat(metric(json, "AP50")).isBetween(0.7, 1.0);
    }

    @Test
    void anEvaluationIsKeptAndHeldAgainstTheNext() {
        var first = palimpsest("evaluate", samples, "--where", "split:test", "--task", "ocr");
        assertThat(first).contains("character error rate").doesNotContain("Differences are to");
        var second = palimpsest("evaluate", samples, "--where", "split:test", "--task", "ocr");
        assertThat(second).contains("+0.000", "Differences are to model of ");
        assertThat(palimpsest("project", "info", samples)).contains("evaluated  ", "split:test");
    }

    private static double metric(JsonNode json, String name) {
        for (var metric : json.get("metrics")) {
            if (metric.get("name").asText().equals(name)) {
                return metric.get("value").asDouble();
            }
        }
        throw new AssertionError("No " + name + " in " + json);
    }

    @Test
    void damagedCocoFilesGiveAMessageOrFindingsAndNeverHalfAnImport() throws Exception {
        ImageFiles.writePng(new Picture(16, 12, new byte[16 * 12 * 3]), folder.resolve("a.png"));
        var file = folder.resolve("instances.json");
        var project = folder.resolve("p.palimpsest");
        int refused = 0;
        for (var damage : DamagedCoco.files().entrySet()) {
            Files.write(file, damage.getValue());
            Files.deleteIfExists(project);
            var run = run("import", project, file, "--format", "coco");
            if (run.exitCode() == ExitCode.PROBLEM) {
                refused++;
                assertThat(run.error())
                        .as(damage.getKey())
                        .contains("instances.json")
                        .doesNotContain("Unexpected failure")
                        .containsPattern("\\. [A-Z][^.]+$");
                assertThat(palimpsest("project", "info", project, "--json"))
                        .as(damage.getKey())
                        .contains("\"images\":0", "\"steps\":0");
            } else {
                assertThat(run.exitCode()).as(damage.getKey()).isZero();
            }
        }
        assertThat(refused).isGreaterThan(10);
    }

    @Test
    void theDocumentHasTheTableOfTheFormats() throws IOException {
        assertThat(Files.readString(Path.of("docs/formats.md")))
                .as("palimpsest formats --markdown makes the table")
                .contains(FormatTable.markdown());
    }
}
