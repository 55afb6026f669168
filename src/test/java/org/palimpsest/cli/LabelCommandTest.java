package org.palimpsest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelCommandTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    @TempDir Path folder;
    private Path images;
    private Path out;

    @BeforeEach
    void twoImages() throws IOException {
        images = Files.createDirectory(folder.resolve("images"));
        for (String name : List.of("small_97x61.png", "large_640x427.png")) {
            Files.copy(REFERENCE.resolve("images").resolve(name), images.resolve(name));
        }
        out = folder.resolve("labels.jsonl");
    }

    @Test
    void everyImageHasALineWithItsNamePromptAndAnswer() throws IOException {
        var run = label("caption en");
        assertEquals(0, run.exitCode(), run.error());
        List<String> lines = Files.readAllLines(out);
        assertEquals(2, lines.size());
        JsonNode first = new ObjectMapper().readTree(lines.getFirst());
        assertEquals("large_640x427.png", first.get("image").asText());
        assertEquals("caption en", first.get("prefix").asText());
        assertFalse(first.get("suffix").asText().isEmpty());
        assertTrue(run.error().contains("2 examples"), run.error());
    }

    @Test
    void anImageThatFailsIsListedAndTheRestIsWritten() throws IOException {
        Files.writeString(images.resolve("broken.png"), "no image at all");
        var run = label("caption en");
        assertEquals(1, run.exitCode());
        assertEquals(2, Files.readAllLines(out).size());
        assertTrue(
                run.errorLines().stream().anyMatch(line -> line.startsWith("broken.png: ")),
                run.error());
        assertTrue(run.error().contains("1 failed"), run.error());
    }

    @Test
    void anAnswerOutOfItsFormIsListedAndNotWritten() throws IOException {
        // The reference model was not trained: what it says to "detect cat" are no boxes.
        var run = label("detect cat");
        assertEquals(1, run.exitCode());
        assertEquals(List.of(), Files.readAllLines(out));
        assertTrue(run.error().contains("does not keep to its form"), run.error());
    }

    @Test
    void kerasFlavorHasItsOwnKeysAndLineBreaks() throws IOException {
        var run = label("caption en", "--flavor", "keras");
        assertEquals(0, run.exitCode(), run.error());
        JsonNode line = new ObjectMapper().readTree(Files.readAllLines(out).getFirst());
        assertEquals("caption en\n", line.get("prompts").asText());
    }

    @Test
    void whatWouldFailAtTheEndIsRefusedAtTheBeginning() {
        for (String[] wrong :
                new String[][] {
                    {"caption\nen"},
                    {"<image>caption en"},
                    {"caption en", "--flavor", "csv"},
                    {"caption en", "--batch", "0"}
                }) {
            var run =
                    label(wrong[0], List.of(wrong).subList(1, wrong.length).toArray(String[]::new));
            assertEquals(1, run.exitCode(), String.join(" ", wrong));
            assertEquals(1, run.errorLines().size(), run.error());
            assertFalse(Files.exists(out));
        }
    }

    @Test
    void aFileThatIsThereStaysWholeWhenNothingCanBeLabelled() throws IOException {
        Files.writeString(out, "kept\n");
        var run =
                CommandRun.of(
                        "label",
                        folder.resolve("none").toString(),
                        "--prompt",
                        "ocr",
                        "--out",
                        out.toString());
        assertEquals(1, run.exitCode());
        assertEquals("kept\n", Files.readString(out));
    }

    private CommandRun label(String prompt, String... more) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "label",
                                images.toString(),
                                "--prompt",
                                prompt,
                                "--out",
                                out.toString(),
                                "--model",
                                REFERENCE.resolve("tiny-paligemma1").toString(),
                                "--device",
                                "cpu",
                                "--max-tokens",
                                "4"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(new String[0]));
    }
}
