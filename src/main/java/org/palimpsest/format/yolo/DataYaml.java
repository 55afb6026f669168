package org.palimpsest.format.yolo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.shape.BoundedText;
import org.palimpsest.problem.ProblemException;

/// What `data.yaml` says that matters here.
///
/// @param root its `path`; empty where it has none
/// @param splits for each split the folders or lists of images
/// @param names the labels by class number
record DataYaml(String root, Map<Split, List<String>> splits, Map<Integer, String> names) {
    private static final int LARGEST = 4 << 20;
    private static final int MOST_NAMES = 100_000;

    /// Reads the few keys that occur, in the few forms of YAML in which they occur. There is no general reader, and so
    /// nothing in the file can make one build objects.
    ///
    /// @throws ProblemException if it cannot be read, or asks for objects to be built
    static DataYaml read(Path file) throws ProblemException {
        Map<String, YamlValue> values;
        try {
            values = YamlSubset.parse(BoundedText.read(file, LARGEST));
        } catch (YamlSubset.Unreadable e) {
            throw new ProblemException(
                    "The file that describes the data set cannot be read",
                    file + ": " + e.getMessage(),
                    "Write names as a list or as numbers with names");
        }
        var splits = new EnumMap<Split, List<String>>(Split.class);
        put(splits, Split.TRAIN, values.get("train"));
        put(splits, Split.VALIDATION, values.get("val"));
        put(splits, Split.VALIDATION, values.get("valid"));
        put(splits, Split.VALIDATION, values.get("validation"));
        put(splits, Split.TEST, values.get("test"));
        return new DataYaml(
                values.get("path") instanceof YamlValue.Scalar(var text) ? text : "",
                splits,
                names(values.get("names")));
    }

    private static void put(
            Map<Split, List<String>> splits, Split split, @Nullable YamlValue value) {
        if (value == null || splits.containsKey(split)) {
            return;
        }
        var paths = new ArrayList<String>();
        switch (value) {
            case YamlValue.Scalar(var text) -> paths.add(text);
            case YamlValue.Sequence(var texts) -> paths.addAll(texts);
            case YamlValue.Mapping _ -> {}
        }
        paths.removeIf(path -> path.isBlank() || path.equals("null") || path.equals("~"));
        if (!paths.isEmpty()) {
            splits.put(split, List.copyOf(paths));
        }
    }

    private static Map<Integer, String> names(@Nullable YamlValue value) {
        var names = new TreeMap<Integer, String>();
        switch (value) {
            case null -> {}
            case YamlValue.Scalar(var text) -> {
                if (!text.isBlank()) {
                    names.put(0, text);
                }
            }
            case YamlValue.Sequence(var texts) ->
                    texts.forEach(name -> names.put(names.size(), name));
            case YamlValue.Mapping(var entries) ->
                    entries.forEach((key, name) -> {
                        if (key.matches("[0-9]{1,6}") && names.size() < MOST_NAMES) {
                            names.put(Integer.valueOf(key), name);
                        }
                    });
        }
        return names;
    }
}
