package org.palimpsest.format.coco;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// One object of a list in a COCO file: an image, a category, an annotation.
///
/// Reads no more of it than a person could have meant: whatever is beyond is skipped and named in [#faults()].
final class JsonItem {
    /// More values than any annotation has beside its segmentation.
    private static final int MAX_VALUES = 20_000;

    private static final int MAX_FIELDS = 1_000;

    /// Longer digits are no number that a `long` holds for certain.
    private static final int MAX_DIGITS = 18;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String file;
    private final String list;
    private final long index;
    private final Map<String, JsonNode> fields = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private RawSegmentation segmentation = new RawSegmentation.None();
    private int values;

    private JsonItem(String file, String list, long index) {
        this.file = file;
        this.list = list;
        this.index = index;
    }

    /// Reads the object whose opening brace is the parser's current token, to its closing one.
    static JsonItem read(JsonParser parser, String file, String list, long index)
            throws IOException {
        var item = new JsonItem(file, list, index);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            item.readField(parser, name);
        }
        return item;
    }

    private void readField(JsonParser parser, String name) throws IOException {
        boolean known =
                name.equals("segmentation")
                        ? !(segmentation instanceof RawSegmentation.None)
                        : fields.containsKey(name);
        if (known) {
            fault("the key \"" + name + "\" occurs twice, the last one counts");
        }
        if (name.equals("segmentation")) {
            segmentation = RawSegmentation.read(parser);
        } else if (fields.size() >= MAX_FIELDS) {
            fault("there are more than " + MAX_FIELDS + " keys");
            parser.skipChildren();
        } else {
            JsonNode value = value(parser);
            if (values > MAX_VALUES) {
                fault("the key \"" + name + "\" holds more than " + MAX_VALUES + " values");
                values = 0;
            } else {
                fields.put(name, value);
            }
        }
    }

    private void fault(String words) {
        if (faults.size() < 10) {
            faults.add(words);
        }
    }

    /// The value at the parser; beyond the bound of values it is read to its end but not kept.
    private JsonNode value(JsonParser parser) throws IOException {
        values++;
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var object = NODES.objectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    keep(object, name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                var array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    keep(array, value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NUMBER_INT ->
                    parser.getTextLength() <= MAX_DIGITS
                            ? NODES.numberNode(parser.getLongValue())
                            : NODES.textNode(parser.getText());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            default -> NODES.nullNode();
        };
    }

    private void keep(ObjectNode object, String name, JsonNode value) {
        if (values <= MAX_VALUES) {
            object.set(name, value);
        }
    }

    private void keep(ArrayNode array, JsonNode value) {
        if (values <= MAX_VALUES) {
            array.add(value);
        }
    }

    /// Where it stands, for findings: `instances.json: annotations[3], id 17`.
    String place() {
        String place = file + ": " + list + "[" + index + "]";
        return id("id").map(id -> place + ", id " + id).orElse(place);
    }

    /// Its number in the list, from 0.
    long index() {
        return index;
    }

    /// What is wrong with it as JSON: keys that occur twice, too many values.
    List<String> faults() {
        return faults;
    }

    Map<String, JsonNode> fields() {
        return fields;
    }

    RawSegmentation segmentation() {
        return segmentation;
    }

    @Nullable JsonNode get(String key) {
        return fields.get(key);
    }

    /// An id as text: ids are compared as such, so that whole numbers, their text and names all serve.
    Optional<String> id(String key) {
        return Optional.ofNullable(fields.get(key)).flatMap(JsonItem::idOf);
    }

    static Optional<String> idOf(JsonNode node) {
        if (node.isIntegralNumber()) {
            return Optional.of(node.asText());
        }
        if (node.isDouble() && node.doubleValue() == Math.rint(node.doubleValue())) {
            return Optional.of(Long.toString((long) node.doubleValue()));
        }
        return node.isTextual() && !node.textValue().isBlank()
                ? Optional.of(node.textValue())
                : Optional.empty();
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(fields.get(key))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    /// A finite number.
    OptionalDouble number(String key) {
        JsonNode node = fields.get(key);
        return node != null && node.isNumber() && Double.isFinite(node.doubleValue())
                ? OptionalDouble.of(node.doubleValue())
                : OptionalDouble.empty();
    }
}
