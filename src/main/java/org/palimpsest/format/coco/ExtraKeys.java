package org.palimpsest.format.coco;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.palimpsest.format.FindingList;

/// What an annotation says beyond its format, as attributes.
final class ExtraKeys {
    private static final int LONGEST_VALUE = 100_000;

    private ExtraKeys() {}

    /// The object `attributes`, and every key that the format does not know: text as it is, everything else as JSON.
    static Map<String, String> attributes(JsonItem item, Set<String> known, FindingList findings) {
        var attributes = new TreeMap<String, String>();
        for (var field : item.fields().entrySet()) {
            if (field.getKey().equals("attributes") && field.getValue().isObject()) {
                for (var attribute : field.getValue().properties()) {
                    put(attributes, item, attribute, findings);
                }
            } else if (!known.contains(field.getKey())) {
                put(attributes, item, field, findings);
            }
        }
        return attributes;
    }

    private static void put(
            Map<String, String> attributes,
            JsonItem item,
            Map.Entry<String, JsonNode> field,
            FindingList findings) {
        String value =
                field.getValue().isTextual()
                        ? field.getValue().textValue()
                        : field.getValue().toString();
        if (field.getKey().isBlank()) {
            findings.error(item.place(), "an attribute without a name is left out");
        } else if (value.length() > LONGEST_VALUE) {
            findings.error(item.place(), "the attribute " + field.getKey() + " is too long");
        } else {
            // What stands under `attributes` counts more than a key of the same name.
            attributes.putIfAbsent(field.getKey(), value);
        }
    }
}
