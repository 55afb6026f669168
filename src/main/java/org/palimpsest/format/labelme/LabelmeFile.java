package org.palimpsest.format.labelme;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.palimpsest.format.shape.JsonParts;
import org.palimpsest.geometry.Size;

/// The contents of one labelme file. The picture that may be in it is passed over.
///
/// @param flags those that are set
/// @param damage why the file could not be read to its end; empty where it could
record LabelmeFile(
        String imagePath,
        Optional<Size> size,
        Set<String> flags,
        String notes,
        List<JsonNode> shapes,
        String damage) {
    private static final int MOST_SHAPES = 100_000;
    private static final int MOST_FLAGS = 1_000;

    /// Empty where this is some other JSON file.
    ///
    /// @throws IOException if it is no JSON at all
    static Optional<LabelmeFile> read(Path file) throws IOException {
        String imagePath = "";
        String notes = "";
        String damage = "";
        int width = 0;
        int height = 0;
        boolean hasShapes = false;
        var flags = new TreeSet<String>();
        var shapes = new ArrayList<JsonNode>();
        try (var json = JsonParts.open(file)) {
            if (json.parser().nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            try {
                while (json.parser().nextToken() == JsonToken.FIELD_NAME) {
                    String key = json.parser().currentName();
                    json.parser().nextToken();
                    switch (key) {
                        case "imagePath" -> imagePath = json.tree().asText("");
                        case "notes" -> notes = json.tree().asText("");
                        case "imageWidth" -> width = side(json.tree());
                        case "imageHeight" -> height = side(json.tree());
                        case "flags" -> addFlags(json.tree(), flags);
                        case "shapes" -> {
                            hasShapes = true;
                            readShapes(json, shapes);
                        }
                        default -> json.skip(); // imageData among them
                    }
                }
            } catch (IOException e) {
                if (!hasShapes) {
                    throw e;
                }
                damage = "line " + json.line() + ": " + firstLine(e);
            }
        }
        return hasShapes
                ? Optional.of(
                        new LabelmeFile(
                                imagePath,
                                width > 0 && height > 0
                                        ? Optional.of(new Size(width, height))
                                        : Optional.empty(),
                                flags,
                                notes,
                                shapes,
                                damage))
                : Optional.empty();
    }

    static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("it is damaged");
    }

    private static int side(JsonNode node) {
        return node.isInt() ? node.intValue() : 0;
    }

    private static void addFlags(JsonNode node, Set<String> flags) {
        for (var flag : node.properties()) {
            if (flag.getValue().asBoolean(false) && flags.size() < MOST_FLAGS) {
                flags.add(flag.getKey());
            }
        }
    }

    private static void readShapes(JsonParts json, List<JsonNode> shapes) throws IOException {
        if (json.parser().currentToken() != JsonToken.START_ARRAY) {
            json.skip();
            return;
        }
        while (json.parser().nextToken() != JsonToken.END_ARRAY) {
            if (shapes.size() < MOST_SHAPES) {
                shapes.add(json.tree());
            } else {
                json.skip();
            }
        }
    }
}
