package org.palimpsest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    private static final Path SAMPLES = Path.of("assets/samples");

    private final ObjectMapper json = new ObjectMapper();

    @TempDir Path folder;
    private Path scenes;
    private Path out;

    @BeforeEach
    void twoOfTheSamples() throws IOException {
        scenes = Files.createDirectory(folder.resolve("scenes"));
        out = folder.resolve("out");
        JsonNode all = json.readTree(SAMPLES.resolve("truth.json").toFile()).get("scenes");
        ObjectNode truth = json.createObjectNode();
        ArrayNode kept = truth.putArray("scenes");
        for (int i = 0; i < 2; i++) {
            kept.add(all.get(i));
            String image = all.get(i).get("image").asText();
            Files.copy(SAMPLES.resolve(image), scenes.resolve(image));
        }
        json.writeValue(scenes.resolve("truth.json").toFile(), truth);
    }

    @Test
    void theTableComparesEveryTaskWithTheTruthAndSaysWhereThePicturesAre() throws IOException {
        var run = demo();
        assertEquals(0, run.exitCode(), run.error());
        for (String word : List.of("scene-01.png", "F1@0.5", "mask mIoU", "caption", "how many")) {
            assertTrue(run.output().contains(word), word + " in\n" + run.output());
        }
        assertTrue(run.output().contains(out.toAbsolutePath().toString()), run.output());
        assertTrue(run.output().contains("photographs need a real PaliGemma"), run.output());
        assertTrue(Files.size(out.resolve("scene-01.png")) > 1000);
        List<String> lines = Files.readAllLines(out.resolve("labels.jsonl"));
        assertTrue(lines.size() > 10, lines.size() + " answers");
        assertTrue(
                lines.stream().anyMatch(line -> line.contains("\"prefix\":\"detect ")),
                lines.getFirst());
    }

    @Test
    void theScoresAreAlsoJson() throws IOException {
        JsonNode scores = json.readTree(demo("--json").output());
        assertEquals(2, scores.get("scenes").asInt());
        double f1 = scores.at("/detect/f1").asDouble();
        assertTrue(f1 > 0 && f1 <= 1, scores.toString());
        assertEquals(2, scores.at("/texts/caption/asked").asInt());
    }

    @Test
    void aFolderWithoutTruthIsOneLineWithARemedy() {
        var run = CommandRun.of("demo", "--scenes", folder.toString(), "--out", out.toString());
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errorLines().size(), run.error());
        assertTrue(run.error().contains("truth.json"), run.error());
    }

    private CommandRun demo(String... more) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "demo",
                                "--scenes",
                                scenes.toString(),
                                "--out",
                                out.toString(),
                                "--device",
                                "cpu"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(new String[0]));
    }
}
