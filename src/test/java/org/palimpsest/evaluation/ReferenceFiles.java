package org.palimpsest.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// The reference numbers of other tools beside these tests; `README.md` there says where they came from.
public final class ReferenceFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReferenceFiles() {}

    /// @param name such as `vqa/cases.json`
    public static JsonNode json(String name) throws IOException {
        try (InputStream in = ReferenceFiles.class.getResourceAsStream(name)) {
            return JSON.readTree(Objects.requireNonNull(in, name));
        }
    }
}
