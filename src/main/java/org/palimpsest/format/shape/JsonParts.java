package org.palimpsest.format.shape;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Point;

/// Reads parts of a JSON file as trees, each of bounded size, so that the file itself may be of any length.
///
/// Belongs to one thread.
public final class JsonParts implements AutoCloseable {
    /// A mask of a large image has a few hundred thousand numbers.
    private static final int MOST_TOKENS = 8_000_000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(100)
                                    .maxStringLength(64 << 20)
                                    .build())
                    .build();
    private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private final Counted parser;

    private JsonParts(JsonParser parser) {
        this.parser = new Counted(parser);
    }

    /// Opens a file of UTF-8 or UTF-16, with or without a byte order mark.
    public static JsonParts open(Path file) throws IOException {
        var stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return new JsonParts(FACTORY.createParser(stream));
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /// The parser, for what is read piece by piece.
    public JsonParser parser() {
        return parser;
    }

    /// The value at the parser's token with all that is in it; the parser is at its last token then.
    ///
    /// @throws IOException if it is damaged or too large
    public JsonNode tree() throws IOException {
        parser.count = 0;
        JsonNode node = MAPPER.readTree(parser);
        return node == null ? MAPPER.missingNode() : node;
    }

    /// Passes over the value at the parser's token without keeping any of it.
    public void skip() throws IOException {
        parser.skipChildren();
    }

    /// The line that the parser is at.
    public int line() {
        return parser.currentLocation().getLineNr();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    /// A finite number; empty where the value is none.
    public static OptionalDouble number(@Nullable JsonNode node) {
        return node != null && node.isNumber() && Double.isFinite(node.doubleValue())
                ? OptionalDouble.of(node.doubleValue())
                : OptionalDouble.empty();
    }

    /// Points that are arrays of two numbers; empty where one is not.
    public static Optional<List<Point>> points(@Nullable JsonNode node) {
        if (node == null || !node.isArray()) {
            return Optional.empty();
        }
        var points = new ArrayList<Point>(node.size());
        for (var pair : node) {
            var x = number(pair.get(0));
            var y = number(pair.get(1));
            if (pair.size() != 2 || x.isEmpty() || y.isEmpty()) {
                return Optional.empty();
            }
            points.add(new Point(x.getAsDouble(), y.getAsDouble()));
        }
        return Optional.of(points);
    }

    /// Keeps a value as an attribute: text as it is, anything else as JSON; `null` and what is empty is nothing.
    public static void keep(Map<String, String> attributes, String name, JsonNode value) {
        if (value.isTextual()) {
            if (!value.textValue().isEmpty()) {
                Names.put(attributes, name, value.textValue());
            }
        } else if (!value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
            Names.put(attributes, name, value.toString());
        }
    }

    /// Ends where a tree grows too large.
    private static final class Counted extends JsonParserDelegate {
        private int count;

        Counted(JsonParser parser) {
            super(parser);
        }

        @Override
        public @Nullable JsonToken nextToken() throws IOException {
            if (++count > MOST_TOKENS) {
                count = 0;
                throw new StreamConstraintsException(
                        "a part has more than " + MOST_TOKENS + " values");
            }
            return super.nextToken();
        }

        @Override
        public JsonParser skipChildren() throws IOException {
            super.skipChildren(); // does not count
            return this;
        }
    }
}
