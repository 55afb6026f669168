package org.palimpsest.format.scenes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// A folder of pictures with their truth in `truth.json`, as `src/demo-model` draws them.
///
/// @param labels the classes that occur, sorted
public record SceneFolder(Path folder, List<String> labels, List<Scene> scenes) {
    static final String TRUTH_FILE = "truth.json";
    private static final String REMEDY =
            "Name a folder that src/demo-model/scenes.py wrote, or leave --scenes out";

    public SceneFolder {
        labels = List.copyOf(labels);
        scenes = List.copyOf(scenes);
    }

    /// Reads the truth; the pictures themselves are not opened.
    ///
    /// @throws ProblemException if the file is missing or has another form
    public static SceneFolder read(Path folder) throws ProblemException {
        Path file = folder.resolve(TRUTH_FILE);
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(file));
            var scenes = new ArrayList<Scene>();
            for (JsonNode scene : required(root, "scenes")) {
                scenes.add(scene(folder, scene));
            }
            return new SceneFolder(folder, labels(scenes), scenes);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    new Problem(
                            "The truth of the scenes cannot be read",
                            file + ": " + e.getOriginalMessage(),
                            REMEDY),
                    e);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("There are no scenes", file + " cannot be read: " + e, REMEDY), e);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    new Problem(
                            "The truth of the scenes has another form",
                            file + ": " + e.getMessage(),
                            REMEDY),
                    e);
        }
    }

    private static List<String> labels(List<Scene> scenes) {
        Set<String> seen = new TreeSet<>();
        scenes.forEach(scene -> scene.objects().forEach(object -> seen.add(object.label())));
        return List.copyOf(seen);
    }

    private static Scene scene(Path folder, JsonNode node) {
        var size = new Size(required(node, "width").asInt(), required(node, "height").asInt());
        var objects = new ArrayList<Scene.TrueObject>();
        for (JsonNode object : required(node, "objects")) {
            JsonNode box = required(object, "box");
            if (box.size() != 4) {
                throw new IllegalArgumentException("a box of " + box.size() + " numbers");
            }
            JsonNode mask = required(object, "mask");
            JsonNode maskSize = required(mask, "size");
            objects.add(
                    new Scene.TrueObject(
                            required(object, "label").asText(),
                            required(object, "color").asText(),
                            new Box(
                                    box.get(0).asDouble(),
                                    box.get(1).asDouble(),
                                    box.get(2).asDouble(),
                                    box.get(3).asDouble()),
                            Mask.fromCocoCompressed(
                                    new Size(maskSize.path(1).asInt(), maskSize.path(0).asInt()),
                                    required(mask, "counts").asText())));
        }
        var texts = new ArrayList<Scene.TrueText>();
        for (JsonNode text : required(node, "texts")) {
            texts.add(
                    new Scene.TrueText(
                            required(text, "prompt").asText(), required(text, "text").asText()));
        }
        return new Scene(folder.resolve(required(node, "image").asText()), size, objects, texts);
    }

    private static JsonNode required(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return value;
    }
}
