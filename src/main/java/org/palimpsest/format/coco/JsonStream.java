package org.palimpsest.format.coco;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Hands over the objects of the lists in a JSON file one at a time; memory does not grow with the file.
///
/// A byte order mark and UTF-16 are understood. `NaN` and `Infinity`, which many writers produce, are read as numbers;
/// whoever needs a finite one asks.
final class JsonStream {
    private static final int ITEMS_BETWEEN_REPORTS = 1_000;
    private static final String REMEDY =
            "The file may be cut off or edited by hand: make it anew with the program it came from";

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(50)
                                    .maxStringLength(8 << 20)
                                    .maxNameLength(1_000)
                                    .maxNumberLength(1_000)
                                    .build())
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();

    private final DatasetImport data;
    private final Path file;
    private final String name;
    private long bytes;

    JsonStream(DatasetImport data, Path file) {
        this.data = data;
        this.file = file;
        this.name = String.valueOf(file.getFileName());
    }

    /// Takes one object of a list.
    @FunctionalInterface
    interface Visitor {
        void visit(JsonItem item) throws ProblemException;
    }

    /// Does something with an open parser.
    @FunctionalInterface
    private interface Action {
        void run(JsonParser parser) throws IOException, ProblemException;
    }

    /// Does something that reads the file.
    @FunctionalInterface
    private interface Step {
        void run() throws IOException, ProblemException;
    }

    /// Whether the file is a list, not an object.
    boolean isList() throws ProblemException {
        boolean[] list = {false};
        parse(parser -> list[0] = parser.nextToken() == JsonToken.START_ARRAY);
        return list[0];
    }

    /// Reads a file that is an object, of which some keys hold lists.
    ///
    /// @param visitors by key; lists of other keys are skipped
    /// @return the keys that were there
    Set<String> lists(Map<String, Visitor> visitors) throws ProblemException {
        var seen = new HashSet<String>();
        parse(parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ProblemException(
                        "This is not a file of the COCO kind",
                        name
                                + ": an object is expected at its beginning, found "
                                + words(parser.currentToken()),
                        "Choose the file that holds the images and annotations");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                var token = parser.nextToken();
                var visitor = visitors.get(key);
                if (visitor == null) {
                    parser.skipChildren();
                    continue;
                }
                if (!seen.add(key)) {
                    data.findings().warning(name, "the key \"" + key + "\" occurs twice");
                }
                if (token != JsonToken.START_ARRAY) {
                    throw new ProblemException(
                            "A list is missing in the file",
                            "%s: \"%s\" at line %d, column %d is %s"
                                    .formatted(
                                            name,
                                            key,
                                            parser.currentTokenLocation().getLineNr(),
                                            parser.currentTokenLocation().getColumnNr(),
                                            words(token)),
                            "Make \"" + key + "\" a list of objects, as COCO has it");
                }
                items(parser, key, visitor);
            }
            requireEnd(parser);
        });
        return seen;
    }

    /// Reads a file that is an object of texts; other values are noted and left out.
    ///
    /// @param most how many are taken
    void texts(int most, BiConsumer<String, String> taker) throws ProblemException {
        parse(parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ProblemException(
                        "This file is not an object of names",
                        name + ": found " + words(parser.currentToken()),
                        "Write it as {\"1\": \"a.jpg\"}, or remove it");
            }
            for (int count = 0; parser.nextToken() != JsonToken.END_OBJECT; count++) {
                String key = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && count < most) {
                    taker.accept(key, parser.getText());
                } else {
                    data.findings().error(name + ": " + key, "a name is expected there");
                    parser.skipChildren();
                }
            }
            requireEnd(parser);
        });
    }

    /// Reads a file that is a list.
    void list(Visitor visitor) throws ProblemException {
        try (var cursor = openList()) {
            for (var item = cursor.next(); item != null; item = cursor.next()) {
                visitor.visit(item);
            }
        }
    }

    /// Opens a file that is a list, to be read object by object and closed by the caller.
    Cursor openList() throws ProblemException {
        JsonParser parser = open();
        var cursor = new Cursor(parser);
        try {
            cursor.begin();
        } catch (ProblemException e) {
            cursor.close();
            throw e;
        }
        return cursor;
    }

    /// The objects of an open list, one after the other.
    final class Cursor implements AutoCloseable {
        private final JsonParser parser;
        private long index;

        private Cursor(JsonParser parser) {
            this.parser = parser;
        }

        private void begin() throws ProblemException {
            guarded(() -> {
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw new ProblemException(
                            "This is not a list of results",
                            name
                                    + ": a list is expected at its beginning, found "
                                    + words(parser.currentToken()),
                            "Choose the file that holds the results");
                }
            });
        }

        /// The next object, or null at the end.
        @Nullable JsonItem next() throws ProblemException {
            var next = new AtomicReference<@Nullable JsonItem>();
            guarded(() -> {
                next.set(nextItem(parser, "", index));
                index = next.get() == null ? index : next.get().index() + 1;
                if (next.get() == null) {
                    requireEnd(parser);
                }
            });
            return next.get();
        }

        @Override
        public void close() throws ProblemException {
            guarded(parser::close);
        }
    }

    private void items(JsonParser parser, String list, Visitor visitor)
            throws IOException, ProblemException {
        for (var item = nextItem(parser, list, 0);
                item != null;
                item = nextItem(parser, list, item.index() + 1)) {
            visitor.visit(item);
        }
    }

    /// The next object of a list, or null at its end; what is no object is noted and skipped.
    private @Nullable JsonItem nextItem(JsonParser parser, String list, long index)
            throws IOException, ProblemException {
        for (long at = index; parser.nextToken() != JsonToken.END_ARRAY; at++) {
            if (at % ITEMS_BETWEEN_REPORTS == 0) {
                report(parser);
            }
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                var item = JsonItem.read(parser, name, list, at);
                for (var fault : item.faults()) {
                    data.findings().warning(item.place(), fault);
                }
                return item;
            }
            data.findings()
                    .error(
                            name + ": " + list + "[" + at + "]",
                            "an object is expected, found " + words(parser.currentToken()));
            parser.skipChildren();
        }
        return null;
    }

    private void report(JsonParser parser) throws ProblemException {
        data.throwIfCancelled();
        double read = parser.currentLocation().getByteOffset();
        data.progress()
                .update(
                        new ProgressUpdate(
                                "Reading " + name, Math.clamp(read / Math.max(1, bytes), 0, 1)));
    }

    private void requireEnd(JsonParser parser) throws IOException, ProblemException {
        if (parser.nextToken() != null) {
            throw new ProblemException(
                    "There is more behind the end of the JSON",
                    name + ", line " + parser.currentTokenLocation().getLineNr(),
                    REMEDY);
        }
    }

    private void parse(Action action) throws ProblemException {
        guarded(() -> {
            try (var parser = open()) {
                action.run(parser);
            }
        });
    }

    private JsonParser open() throws ProblemException {
        var opened = new AtomicReference<JsonParser>();
        guarded(() -> {
            bytes = Files.size(file);
            var stream = Files.newInputStream(file);
            try {
                opened.set(JSON.createParser(stream));
            } catch (IOException e) {
                stream.close();
                throw e;
            }
        });
        return opened.get();
    }

    /// Runs code that reads the file, and gives words to what goes wrong with it.
    private void guarded(Step step) throws ProblemException {
        try {
            step.run();
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String place =
                    at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new ProblemException(
                    new Problem(
                            "The file is not JSON as it must be",
                            name + place + ": " + e.getOriginalMessage(),
                            REMEDY),
                    e);
        } catch (NoSuchFileException e) {
            throw new ProblemException("There is no such file", file.toString(), "Check the path");
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The file cannot be read",
                            name + ": " + e.getMessage(),
                            "Check that it is there and may be read, and is UTF-8 or UTF-16 text"),
                    e);
        }
    }

    private static String words(JsonToken token) {
        return switch (token) {
            case null -> "nothing";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }
}
