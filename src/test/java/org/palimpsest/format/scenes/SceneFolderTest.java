package org.palimpsest.format.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.geometry.Box;
import org.palimpsest.problem.ProblemException;

class SceneFolderTest {
    @TempDir Path folder;

    @Test
    void theSamplesOfTheProgramHaveTruth() throws ProblemException {
        var samples = SceneFolder.read(Path.of("assets/samples"));
        assertTrue(samples.scenes().size() >= 24, "24 scenes");
        assertEquals(8, samples.labels().size());
        for (Scene scene : samples.scenes()) {
            assertTrue(Files.exists(scene.image()), scene.image().toString());
            for (var object : scene.objects()) {
                assertEquals(object.box(), object.mask().bounds(), scene.image().toString());
            }
        }
    }

    @Test
    void aSceneIsReadAsItIsWritten() throws IOException, ProblemException {
        write(
                """
                {"scenes": [{"image": "a.png", "width": 10, "height": 8, "objects": [
                  {"label": "cross", "color": "red", "box": [2, 1, 6, 4],
                   "mask": {"size": [8, 10], "counts": "a03500000o0"}}],
                  "texts": [{"prompt": "ocr", "text": ""}]}]}
                """);
        Scene scene = SceneFolder.read(folder).scenes().getFirst();
        assertEquals(folder.resolve("a.png"), scene.image());
        assertEquals(new Box(2, 1, 6, 4), scene.objects().getFirst().box());
        assertEquals(12, scene.objects().getFirst().mask().pixelCount());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"scenes\": [{}]}",
                "{\"scenes\": [{\"image\": \"a.png\", \"width\": -1, \"height\": 8}]}",
                "{\"scenes\": [{\"image\": \"a.png\", \"width\": 10, \"height\": 8, \"objects\":"
                        + " [{\"label\": \"x\", \"color\": \"red\", \"box\": [1, 2], \"mask\": {}}]}]}"
            })
    void anotherFileIsAProblemThatNamesIt(String text) throws IOException {
        write(text);
        var problem = assertThrows(ProblemException.class, () -> SceneFolder.read(folder));
        assertTrue(problem.problem().detail().contains("truth.json"), problem.toString());
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("truth.json"), text);
    }
}
