package org.palimpsest.format.jsonl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.palimpsest.format.Finding.Severity;
import org.palimpsest.format.ImagePaths;
import org.palimpsest.format.jsonl.JsonlLine.Ending;
import org.palimpsest.format.jsonl.JsonlLine.Note;
import org.palimpsest.format.prompts.TextRules;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// The lines of one training file of any flavour, one after the other; memory does not grow with the file.
///
/// Belongs to one thread.
public final class JsonlLines implements AutoCloseable {
    /// Longer lines are not read; a caption of a page has a few thousand bytes.
    static final int MAX_LINE_BYTES = 1 << 20;

    private static final int MAX_OTHER_KEYS = 64;
    private static final int MAX_OTHER_VALUE = 10_000;
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Path file;
    private final InputStream stream;
    private final BoundedLines lines;
    private final boolean utf16;
    private final Map<String, String> kindsOfOtherKeys = new HashMap<>();
    private boolean atEnd;

    private JsonlLines(Path file, InputStream stream) throws IOException {
        this.file = file;
        this.stream = stream;
        this.lines = new BoundedLines(stream, MAX_LINE_BYTES);
        stream.mark(2);
        int first = stream.read();
        int second = stream.read();
        stream.reset();
        this.utf16 = (first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE);
    }

    /// Opens a file, to be closed by the caller.
    ///
    /// @throws ProblemException if it cannot be read
    public static JsonlLines open(Path file) throws ProblemException {
        try {
            return new JsonlLines(
                    file, new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        } catch (NoSuchFileException e) {
            throw new ProblemException("There is no such file", file.toString(), "Check the path");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// The next line; empty at the end.
    public Optional<JsonlLine> next() throws ProblemException {
        if (atEnd) {
            return Optional.empty();
        }
        if (utf16) {
            atEnd = true;
            var note =
                    new Note(
                            JsonlRule.NOT_UTF_8,
                            Severity.ERROR,
                            "the file is UTF-16, which no trainer reads; save it as UTF-8");
            return Optional.of(
                    new JsonlLine(1, Ending.LINE_FEED, Optional.empty(), Map.of(), List.of(note)));
        }
        try {
            var line = lines.next();
            atEnd = line == null;
            return line == null ? Optional.empty() : Optional.of(read(line));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // Nothing was written, so nothing is lost.
        }
    }

    private static ProblemException unreadable(Path file, IOException e) {
        return new ProblemException(
                new Problem("The file cannot be read", file + ": " + e.getMessage(), ""), e);
    }

    private JsonlLine read(BoundedLines.Line line) {
        var notes = new ArrayList<Note>();
        var kinds = new TreeMap<String, String>();
        Optional<JsonlExample> example = Optional.empty();
        if (line.fault() != null) {
            notes.add(line.fault());
        } else {
            example = example(line, notes, kinds);
        }
        return new JsonlLine(line.number(), line.ending(), example, kinds, notes);
    }

    private Optional<JsonlExample> example(
            BoundedLines.Line line, List<Note> notes, Map<String, String> kinds) {
        String text = line.text();
        if (line.number() == 1 && text.startsWith("\uFEFF")) {
            warn(
                    notes,
                    JsonlRule.BYTE_ORDER_MARK,
                    "the file begins with a byte order mark, which one trainer refuses");
            text = text.substring(1);
        }
        if (text.isBlank()) {
            warn(notes, JsonlRule.BLANK_LINE, "the line is blank, which one trainer refuses");
            return Optional.empty();
        }
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            fail(notes, JsonlRule.NOT_JSON, "the line is not JSON: " + e.getOriginalMessage());
            return Optional.empty();
        }
        if (!node.isObject()) {
            fail(notes, JsonlRule.NOT_AN_OBJECT, "the line is not a JSON object");
            return Optional.empty();
        }
        // big_vision's own keys, or keras-hub's where these are used instead.
        var keys =
                node.has(JsonlFlavor.KERAS.prefixKey())
                        ? JsonlFlavor.KERAS
                        : JsonlFlavor.BIG_VISION;
        var others = others(node, keys, notes, kinds);
        for (var key : List.of(keys.imageKey(), keys.prefixKey(), keys.suffixKey())) {
            var value = node.get(key);
            if (value == null) {
                fail(notes, JsonlRule.MISSING_KEY, "the key \"" + key + "\" is missing");
                return Optional.empty();
            }
            if (!value.isTextual()) {
                fail(notes, JsonlRule.NOT_A_STRING, "the key \"" + key + "\" is no string");
                return Optional.empty();
            }
        }
        String image = node.get(keys.imageKey()).textValue();
        var refused = ImagePaths.reasonToRefuse(image);
        if (refused.isPresent()) {
            fail(notes, JsonlRule.IMAGE_PATH, refused.get());
            return Optional.empty();
        }
        return Optional.of(
                new JsonlExample(
                        image,
                        prompt(node.get(keys.prefixKey()).textValue(), keys, notes),
                        node.get(keys.suffixKey()).textValue(),
                        others));
    }

    private static String prompt(String prefix, JsonlFlavor keys, List<Note> notes) {
        String prompt = prefix;
        if (prompt.startsWith(TextRules.IMAGE_TOKEN)) {
            warn(
                    notes,
                    JsonlRule.IMAGE_TOKEN,
                    "the prompt begins with " + TextRules.IMAGE_TOKEN + ", which is dropped");
            prompt =
                    prompt.substring(
                            prompt.lastIndexOf(TextRules.IMAGE_TOKEN)
                                    + TextRules.IMAGE_TOKEN.length());
        }
        if (prompt.endsWith("\n")) {
            if (!keys.promptsEndInLineBreak()) {
                warn(
                        notes,
                        JsonlRule.PROMPT_LINE_BREAK,
                        "the prompt ends in a line break, which trainers add themselves");
            }
            prompt = prompt.stripTrailing();
        } else if (keys.promptsEndInLineBreak()) {
            warn(
                    notes,
                    JsonlRule.PROMPT_LINE_BREAK,
                    "the prompt does not end in a line break, as keras-hub needs");
        }
        return prompt;
    }

    /// What else the line says, in text form. That the type of a key changes stops one trainer, so it is said.
    private Map<String, String> others(
            JsonNode node, JsonlFlavor keys, List<Note> notes, Map<String, String> kinds) {
        var others = new TreeMap<String, String>();
        for (var entry : node.properties()) {
            String key = entry.getKey();
            String kind = entry.getValue().getNodeType().toString();
            if (kinds.size() == MAX_OTHER_KEYS) {
                warn(
                        notes,
                        JsonlRule.DIFFERENT_KEYS,
                        "more than " + MAX_OTHER_KEYS + " keys; the others are left out");
                break;
            }
            kinds.put(key, kind);
            if (key.equals(keys.imageKey())
                    || key.equals(keys.prefixKey())
                    || key.equals(keys.suffixKey())) {
                continue;
            }
            if (kindsOfOtherKeys.size() < MAX_OTHER_KEYS) {
                kindsOfOtherKeys.putIfAbsent(key, kind);
            }
            if (!kindsOfOtherKeys.getOrDefault(key, kind).equals(kind)) {
                warn(
                        notes,
                        JsonlRule.MIXED_TYPES,
                        "the type of \"" + key + "\" differs from that of earlier lines");
            }
            String value =
                    entry.getValue().isTextual()
                            ? entry.getValue().textValue()
                            : entry.getValue().toString();
            if (value.length() > MAX_OTHER_VALUE || key.isBlank()) {
                warn(
                        notes,
                        JsonlRule.DIFFERENT_KEYS,
                        "the key \"" + key + "\" is left out: it has no name or too long a value");
            } else {
                others.put(key, value);
            }
        }
        return others;
    }

    private static void warn(List<Note> notes, JsonlRule rule, String message) {
        notes.add(new Note(rule, Severity.WARNING, message));
    }

    private static void fail(List<Note> notes, JsonlRule rule, String message) {
        notes.add(new Note(rule, Severity.ERROR, message));
    }
}
