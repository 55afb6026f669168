package org.palimpsest.format.maskpng;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.shape.BoundedText;
import org.palimpsest.format.shape.JsonParts;
import org.palimpsest.format.shape.Names;
import org.palimpsest.problem.ProblemException;

/// What `classes.json` or `classes.txt` says.
///
/// @param isOurs whether there is a `classes.json`, so that file names end in the object's number
/// @param byNumber labels by class number
/// @param byFolder labels by folder
record Classes(boolean isOurs, Map<Integer, String> byNumber, Map<String, String> byFolder) {
    private static final int MOST = 65_536;

    static Classes read(DatasetImport data) throws ProblemException {
        var classes = new Classes(false, new HashMap<>(), new HashMap<>());
        Path json = data.folder().resolve("classes.json");
        Path text = data.folder().resolve("classes.txt");
        if (Files.isRegularFile(json)) {
            classes = new Classes(true, classes.byNumber, classes.byFolder);
            try (var parts = JsonParts.open(json)) {
                boolean array = parts.parser().nextToken() == JsonToken.START_ARRAY;
                while (array
                        && parts.parser().nextToken() != JsonToken.END_ARRAY
                        && classes.byNumber.size() < MOST) {
                    classes.add(data, parts.tree());
                }
            } catch (IOException e) {
                data.findings()
                        .error(
                                "classes.json",
                                String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
        } else if (Files.isRegularFile(text)) {
            int number = 0;
            for (var line : BoundedText.read(text, 4 << 20).split("\\R", -1)) {
                var name = Names.label(line);
                boolean background = number == 0 && line.strip().equals(MaskPngFormat.BACKGROUND);
                if (name.isPresent() && !background && number < MOST) {
                    classes.byNumber.put(number, name.get());
                    addLabel(data, name.get(), LabelSet.color(classes.byNumber.size() - 1));
                }
                number++;
            }
        }
        return classes;
    }

    private void add(DatasetImport data, JsonNode entry) throws ProblemException {
        var name = Names.label(entry.path("name").asText(""));
        if (name.isEmpty()) {
            data.findings().error("classes.json", "a class has no usable name");
            return;
        }
        if (entry.path("id").isInt()) {
            byNumber.put(entry.path("id").intValue(), name.get());
        }
        byFolder.put(entry.path("folder").asText(name.get()), name.get());
        String color = entry.path("color").asText("");
        addLabel(
                data,
                name.get(),
                color.matches("#[0-9A-Fa-f]{6}")
                        ? Integer.parseInt(color.substring(1), 16)
                        : LabelSet.color(byFolder.size() - 1));
    }

    private static void addLabel(DatasetImport data, String name, int rgb) throws ProblemException {
        data.sink().label(new Label(name, rgb));
    }
}
