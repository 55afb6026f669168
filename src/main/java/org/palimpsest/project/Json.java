package org.palimpsest.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// JSON inside the project file. What was damaged there is an [IllegalArgumentException], which the project turns into
/// words.
final class Json {
    /// Longer ones are packed.
    private static final int PLAIN_LIMIT = 512;

    /// A change of one image with 100,000 objects has less.
    private static final int MAX_CHARACTERS = 1 << 29;

    private static final byte PLAIN = 0;
    private static final byte PACKED = 1;

    private static final ObjectMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxStringLength(MAX_CHARACTERS)
                                                    .build())
                                    .build())
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private Json() {}

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not writable as JSON: " + value, e);
        }
    }

    static <T> T value(String json, Class<T> type) {
        return value(json, MAPPER.constructType(type));
    }

    static <T> T value(String json, JavaType type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Damaged: " + e.getOriginalMessage(), e);
        }
    }

    static JavaType listOf(Class<?> element) {
        return MAPPER.getTypeFactory().constructCollectionType(List.class, element);
    }

    static JavaType mapOf(Class<?> value) {
        return MAPPER.getTypeFactory().constructMapType(TreeMap.class, String.class, value);
    }

    /// As bytes, packed where that pays.
    static byte[] bytes(Object value, JavaType type) {
        try {
            byte[] json = MAPPER.writerFor(type).writeValueAsBytes(value);
            var out = new ByteArrayOutputStream(json.length + 1);
            if (json.length <= PLAIN_LIMIT) {
                out.write(PLAIN);
                out.write(json);
                return out.toByteArray();
            }
            out.write(PACKED);
            var deflater = new Deflater(Deflater.BEST_SPEED);
            try (var packed = new DeflaterOutputStream(out, deflater)) {
                packed.write(json);
            } finally {
                deflater.end();
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("Not writable as JSON: " + value, e);
        }
    }

    static <T> T value(byte[] bytes, JavaType type) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("Damaged: empty");
        }
        try (var content = new ByteArrayInputStream(bytes, 1, bytes.length - 1)) {
            return bytes[0] == PLAIN
                    ? MAPPER.readValue(content, type)
                    : MAPPER.readValue(new InflaterInputStream(content), type);
        } catch (IOException e) {
            throw new IllegalArgumentException("Damaged: " + e.getMessage(), e);
        }
    }

    static JavaType type(Class<?> type) {
        return MAPPER.constructType(type);
    }
}
