package org.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `fit` says before it trains.
class FitCommandTest {
    private static final String MODEL = "assets/model";

    @TempDir private Path folder;

    private CommandRun fit(Object source, Object... more) {
        var words = new ArrayList<String>();
        words.addAll(
                List.of(
                        "fit",
                        source.toString(),
                        "--model",
                        MODEL,
                        "--device",
                        "cpu",
                        "--threads",
                        "1",
                        "--out",
                        folder.resolve("adapter").toString()));
        Arrays.stream(more).map(Object::toString).forEach(words::add);
        return CommandRun.of(words.toArray(String[]::new));
    }

    private Path samples(String... splits) {
        Path project = folder.resolve("samples.palimpsest");
        var run =
                CommandRun.of("import", project.toString(), "assets/samples", "--format", "scenes");
        assertThat(run.exitCode()).as(run.error()).isZero();
        if (splits.length > 0) {
            run = CommandRun.of("project", "split", project.toString(), "--ratios", splits[0]);
            assertThat(run.exitCode()).as(run.error()).isZero();
        }
        return project;
    }

    private Path lines(String... lines) throws IOException {
        return Files.write(folder.resolve("data.jsonl"), List.of(lines));
    }

    private static String line(String image, String suffix) {
        return "{\"image\": \"%s\", \"prefix\": \"caption en\", \"suffix\": \"%s\"}"
                .formatted(image, suffix);
    }

    @Test
    void aDryRunSaysWhatWouldBeTrainedAndWritesNothing() {
        var run = fit(samples("0.6,0.2,0.2"), "--mix", "detect-all,caption", "--dry-run");
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.error())
                .containsPattern(
                        "by the project.s splits: \\d+ images of train, \\d+ of validation")
                .containsPattern("  detect-all  \\d+")
                .containsPattern("  caption  \\d+")
                .containsPattern("[0-9,]+ numbers are trained on \\d+ examples in \\d+ steps");
        assertThat(folder.resolve("adapter")).doesNotExist();
    }

    @Test
    void aProjectWithoutSplitsLendsAShare() {
        var run = fit(samples(), "--mix", "detect-all", "--validation", "0.2", "--dry-run");
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.error())
                .contains("the project has no train split: 24 images are trained on, 6 held out");
    }

    @Test
    void badDataIsReportedInWords() throws IOException {
        Path file =
                lines(
                        line("scene-01.png", "a circle"),
                        line("missing.png", "a star"),
                        line("scene-02.png", ""),
                        line("scene-03.png", "a ".repeat(300)),
                        "{}");
        var run = fit(file, "--images", "assets/samples", "--validation", "0", "--dry-run");
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.error())
                .contains("line 2: there is no image missing.png")
                .contains("line 5: the key \"image\" is missing")
                .contains("1 example with an empty answer")
                .contains("1 example cut: the answer has too many tokens")
                .contains("Nothing is held out");
    }

    @Test
    void dataOfNothingUsableIsOneLineWithARemedy() throws IOException {
        var run = fit(lines(line("missing.png", "a star")));
        assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEM);
        assertThat(run.errorLines().getLast())
                .startsWith("palimpsest: There is no line to learn from");
        assertThat(folder.resolve("adapter")).doesNotExist();
    }

    @Test
    void settingsOutOfTheirRangeAreRefused() throws IOException {
        Path file = lines(line("scene-01.png", "a"), line("scene-02.png", "b"));
        for (String[] wrong :
                new String[][] {
                    {"--rank", "0"},
                    {"--dropout", "1"},
                    {"--epochs", "0"},
                    {"--learning-rate", "-1"},
                    {"--label-smoothing", "1"},
                    {"--crop", "2"},
                    {"--validation", "1"},
                    {"--max-tokens", "2"},
                    {"--steps", "0"},
                    {"--mix", "detect-all"},
                    {"--where", "label:cat"},
                }) {
            var run = fit(file, "--images", "assets/samples", wrong[0], wrong[1]);
            assertThat(run.exitCode()).as(wrong[0]).isEqualTo(ExitCode.PROBLEM);
            assertThat(run.error()).as(wrong[0]).doesNotContain("Unexpected failure");
        }
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        Files.createDirectory(folder.resolve("adapter"));
        Files.writeString(folder.resolve("adapter/thesis.txt"), "dear");
        var run = fit(samples(), "--mix", "detect-all");
        assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEM);
        assertThat(run.errorLines().getLast())
                .contains("There is something else in the folder already");
    }

    @Test
    void aProjectNeedsNoFolderOfImages() {
        var run = fit(samples(), "--images", "assets/samples");
        assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEM);
        assertThat(run.errorLines().getLast()).contains("A project knows its images");
    }
}
