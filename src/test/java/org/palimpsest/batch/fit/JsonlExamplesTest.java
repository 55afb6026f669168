package org.palimpsest.batch.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.data.Example;

class JsonlExamplesTest {
    private static final Path SAMPLES = Path.of("assets/samples");

    @TempDir private Path folder;

    private Path lines(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private void copy(String from, String to) throws IOException {
        Path target = folder.resolve(to);
        Files.createDirectories(target.getParent());
        Files.copy(SAMPLES.resolve(from), target);
    }

    private static String line(String image, String prefix, String suffix) {
        return "{\"image\": \"%s\", \"prefix\": \"%s\", \"suffix\": \"%s\"}"
                .formatted(image, prefix, suffix);
    }

    private FittingData read(Path source, double share) throws ProblemException {
        return JsonlExamples.read(
                source,
                Optional.empty(),
                Optional.empty(),
                new FittingData.HoldOut(share, 0),
                Progress.NONE);
    }

    @Test
    void promptAndAnswerAreTakenAsTheyStand() throws IOException, ProblemException {
        copy("scene-01.png", "images/a.png");
        copy("scene-02.png", "b.png");
        Path file =
                lines(
                        "data.jsonl",
                        line("a.png", "detect cat", "<loc0001><loc0002><loc0500><loc0600> cat"),
                        line("b.png", "say it  twice", " as it is "));
        var data = read(file, 0);
        assertThat(data.training())
                .containsExactly(
                        new Example(
                                folder.resolve("images/a.png"),
                                "detect cat",
                                "<loc0001><loc0002><loc0500><loc0600> cat"),
                        new Example(folder.resolve("b.png"), "say it  twice", " as it is "));
        assertThat(data.validation()).isEmpty();
        assertThat(data.kinds()).isEqualTo(Map.of("detect", 1, "free", 1));
    }

    @Test
    void kerasLinesAreRead() throws IOException, ProblemException {
        copy("scene-01.png", "a.png");
        Path file =
                lines(
                        "k.jsonl",
                        "{\"images\": \"a.png\", \"prompts\": \"caption en\\n\", \"responses\": \"x\"}");
        assertThat(read(file, 0).training())
                .containsExactly(new Example(folder.resolve("a.png"), "caption en", "x"));
    }

    @Test
    void allLinesOfAnImageStayOnOneSide() throws IOException, ProblemException {
        for (int i = 1; i <= 4; i++) {
            copy("scene-0" + i + ".png", i + ".png");
        }
        copy("scene-01.png", "copy-of-1.png");
        Path file =
                lines(
                        "data.jsonl",
                        line("1.png", "ocr", "a"),
                        line("2.png", "ocr", "b"),
                        line("3.png", "ocr", "c"),
                        line("4.png", "ocr", "d"),
                        line("1.png", "caption en", "e"),
                        line("copy-of-1.png", "caption en", "f"));
        for (double share : new double[] {0.25, 0.5}) {
            var data = read(file, share);
            boolean held = isFirst(data.validation().getFirst());
            long same = data.validation().stream().filter(JsonlExamplesTest::isFirst).count();
            assertThat(same).isIn(0L, 3L);
            assertThat(held).isEqualTo(same == 3);
            assertThat(data.training().size() + data.validation().size()).isEqualTo(6);
        }
    }

    private static boolean isFirst(Example example) {
        return example.image().getFileName().toString().contains("1.png");
    }

    @Test
    void aFileOfItsOwnIsHeldOut() throws IOException, ProblemException {
        copy("scene-01.png", "a.png");
        copy("scene-02.png", "b.png");
        Path train = lines("train.jsonl", line("a.png", "ocr", "x"));
        Path held = lines("held.jsonl", line("b.png", "ocr", "y"));
        var data =
                JsonlExamples.read(
                        train,
                        Optional.empty(),
                        Optional.of(held),
                        new FittingData.HoldOut(0.5, 0),
                        Progress.NONE);
        assertThat(data.training())
                .containsExactly(new Example(folder.resolve("a.png"), "ocr", "x"));
        assertThat(data.validation())
                .containsExactly(new Example(folder.resolve("b.png"), "ocr", "y"));
        assertThat(data.division()).isEqualTo("by two files: 1 lines are trained on, 1 held out");
    }

    @Test
    void aFolderIsReadByItsSplits() throws IOException, ProblemException {
        copy("scene-01.png", "images/a.png");
        lines("train.jsonl", line("a.png", "ocr", "x"));
        lines("val.jsonl", line("a.png", "ocr", "y"));
        lines("test.jsonl", line("a.png", "ocr", "z"));
        var data = read(folder, 0.5);
        assertThat(data.training()).extracting(Example::suffix).containsExactly("x");
        assertThat(data.validation()).extracting(Example::suffix).containsExactly("y");
    }

    @Test
    void whatCannotBeTakenIsSaidWithItsLine() throws IOException, ProblemException {
        copy("scene-01.png", "a.png");
        Path file =
                lines(
                        "data.jsonl",
                        line("none.png", "ocr", "x"),
                        line("../secret.png", "ocr", "x"),
                        "no json",
                        line("a.png", "ocr", ""));
        var data = read(file, 0);
        assertThat(data.training()).hasSize(1);
        assertThat(data.findings())
                .anyMatch(finding -> finding.startsWith("line 1: there is no image none.png"))
                .anyMatch(finding -> finding.startsWith("line 2: the image path leaves its folder"))
                .anyMatch(finding -> finding.startsWith("line 3: the line is not JSON"));
    }

    @Test
    void aFileOfNothingUsableIsAProblem() throws IOException {
        Path file = lines("data.jsonl", line("none.png", "ocr", "x"));
        assertThatThrownBy(() -> read(file, 0))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("There is no line to learn from");
    }
}
