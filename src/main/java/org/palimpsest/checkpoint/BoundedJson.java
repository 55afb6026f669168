package org.palimpsest.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Reads small JSON files that come from outside: bounded in size, depth and length of every part, no name twice.
public final class BoundedJson {
    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNameLength(4_096)
                    .maxStringLength(1 << 20)
                    .maxNumberLength(64)
                    .build();

    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder()
                    .streamReadConstraints(LIMITS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private static final ObjectMapper MAPPER =
            new ObjectMapper(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private BoundedJson() {}

    /// A parser factory with the same limits, for what is too large for a tree.
    static JsonFactory factory() {
        return FACTORY;
    }

    /// The JSON object in a file.
    ///
    /// @throws ProblemException if the file is missing, larger than `maxBytes`, or not one JSON object
    public static JsonNode readObject(Path file, long maxBytes) throws ProblemException {
        try {
            long size = Files.size(file);
            if (size > maxBytes) {
                throw new ProblemException(
                        file.getFileName() + " is too large to be what its name says",
                        file + ": " + size + " bytes, at most " + maxBytes + " expected",
                        "Choose the folder as it was downloaded");
            }
            var root = MAPPER.readTree(Files.readAllBytes(file));
            if (root == null || !root.isObject()) {
                throw new ProblemException(
                        file.getFileName() + " is not a JSON object",
                        file.toString(),
                        "Download the file again");
            }
            return root;
        } catch (NoSuchFileException e) {
            throw new ProblemException(
                    new Problem(
                            file.getFileName() + " is missing",
                            file.toString(),
                            "Download the file into the folder"),
                    e);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    new Problem(
                            file.getFileName() + " is not valid JSON",
                            file + ": " + e.getOriginalMessage() + position(e),
                            "Download the file again"),
                    e);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            file.getFileName() + " cannot be read",
                            file + ": " + e.getMessage(),
                            "Check that the file is readable"),
                    e);
        }
    }

    private static String position(JsonProcessingException e) {
        var place = e.getLocation();
        return place == null
                ? ""
                : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }
}
