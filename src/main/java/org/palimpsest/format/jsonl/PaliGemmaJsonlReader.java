package org.palimpsest.format.jsonl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.ImagePaths;
import org.palimpsest.format.ImportReport;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Reads PaliGemma's training files of any flavour, line by line.
///
/// Every file is read to its end: a line that cannot be taken over is reported with its number and the reason, and
/// the rest goes on. Accepted with a warning because such files exist: a byte order mark, blank lines, prompts that
/// end in a line break or begin with `<image>`.
public final class PaliGemmaJsonlReader {
    /// Longer lines are not taken over; a caption of a page has a few thousand bytes.
    static final int MAX_LINE_BYTES = 1 << 20;

    private static final int MAX_OTHER_KEYS = 64;
    private static final String IMAGE_TOKEN = "<image>";
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final FindingList findings;
    private final Map<String, String> kindsOfOtherKeys = new HashMap<>();

    private PaliGemmaJsonlReader(FindingList findings) {
        this.findings = findings;
    }

    /// Takes one example and its line's number, counted from 1.
    @FunctionalInterface
    public interface ExampleConsumer {
        void accept(long line, JsonlExample example);
    }

    /// Hands over every example of the file, in order; the memory that takes does not depend on the file's length.
    ///
    /// @throws ProblemException if the file itself cannot be read
    public static ImportReport read(Path file, ExampleConsumer consumer) throws ProblemException {
        var findings = new FindingList();
        long count = read(file, findings, consumer);
        return new ImportReport(count, findings);
    }

    static long read(Path file, FindingList findings, ExampleConsumer consumer)
            throws ProblemException {
        var reader = new PaliGemmaJsonlReader(findings);
        long count = 0;
        try (var stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            var lines = new BoundedLines(stream, MAX_LINE_BYTES);
            for (var line = lines.next(); line != null; line = lines.next()) {
                var example = reader.example(line);
                if (example.isPresent()) {
                    consumer.accept(line.number(), example.get());
                    count++;
                }
            }
            return count;
        } catch (NoSuchFileException e) {
            throw new ProblemException("There is no such file", file.toString(), "Check the path");
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("The file cannot be read", file + ": " + e.getMessage(), ""), e);
        }
    }

    private Optional<JsonlExample> example(BoundedLines.Line line) {
        String place = "line " + line.number();
        if (line.fault() != null) {
            findings.error(place, line.fault());
            return Optional.empty();
        }
        String text = line.text();
        if (line.number() == 1 && text.startsWith("\uFEFF")) {
            findings.warning(
                    place, "the file begins with a byte order mark, which one trainer refuses");
            text = text.substring(1);
        }
        if (text.isBlank()) {
            findings.warning(place, "the line is blank, which one trainer refuses");
            return Optional.empty();
        }
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            findings.error(place, "the line is not JSON: " + e.getOriginalMessage());
            return Optional.empty();
        }
        if (!node.isObject()) {
            findings.error(place, "the line is not a JSON object");
            return Optional.empty();
        }
        // big_vision's own keys, or keras-hub's where these are used instead.
        var keys =
                node.has(JsonlFlavor.KERAS.prefixKey())
                        ? JsonlFlavor.KERAS
                        : JsonlFlavor.BIG_VISION;
        noteOtherKeys(place, node, keys);
        for (var key : List.of(keys.imageKey(), keys.prefixKey(), keys.suffixKey())) {
            var fault = faultOfValue(node.get(key));
            if (fault != null) {
                findings.error(place, "the key \"" + key + "\" " + fault);
                return Optional.empty();
            }
        }
        String image = node.get(keys.imageKey()).textValue();
        String prefix = node.get(keys.prefixKey()).textValue();
        String suffix = node.get(keys.suffixKey()).textValue();
        var refused = ImagePaths.reasonToRefuse(image);
        if (refused.isPresent()) {
            findings.error(place, refused.get());
            return Optional.empty();
        }
        return Optional.of(new JsonlExample(image, prompt(place, prefix, keys), suffix));
    }

    private static @Nullable String faultOfValue(@Nullable JsonNode value) {
        if (value == null) {
            return "is missing";
        }
        return value.isTextual() ? null : "is no string";
    }

    private String prompt(String place, String prefix, JsonlFlavor keys) {
        String prompt = prefix;
        if (prompt.startsWith(IMAGE_TOKEN)) {
            findings.warning(place, "the prompt begins with " + IMAGE_TOKEN + ", which is dropped");
            prompt = prompt.substring(prompt.lastIndexOf(IMAGE_TOKEN) + IMAGE_TOKEN.length());
        }
        if (prompt.endsWith("\n")) {
            if (!keys.promptsEndInLineBreak()) {
                findings.warning(
                        place, "the prompt ends in a line break, which trainers add themselves");
            }
            prompt = prompt.stripTrailing();
        } else if (keys.promptsEndInLineBreak()) {
            findings.warning(place, "the prompt does not end in a line break, as keras-hub needs");
        }
        return prompt;
    }

    /// Other keys are not taken over; that their type changes stops one trainer, so it is said.
    private void noteOtherKeys(String place, JsonNode node, JsonlFlavor keys) {
        for (var entry : node.properties()) {
            String key = entry.getKey();
            if (key.equals(keys.imageKey())
                    || key.equals(keys.prefixKey())
                    || key.equals(keys.suffixKey())) {
                continue;
            }
            String kind = entry.getValue().getNodeType().toString();
            if (kindsOfOtherKeys.size() < MAX_OTHER_KEYS) {
                kindsOfOtherKeys.putIfAbsent(key, kind);
            }
            String before = kindsOfOtherKeys.getOrDefault(key, kind);
            if (!before.equals(kind)) {
                findings.warning(
                        place, "the type of \"" + key + "\" differs from that of earlier lines");
            }
        }
    }
}
