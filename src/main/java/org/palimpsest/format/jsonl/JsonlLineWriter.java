package org.palimpsest.format.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;

/// Writes one line: a flat JSON object with three keys, and a line feed.
final class JsonlLineWriter {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build();

    private JsonlLineWriter() {}

    static void write(OutputStream stream, JsonlExample example, JsonlFlavor flavor)
            throws IOException {
        try (var json = JSON.createGenerator(stream)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.writeStartObject();
            json.writeStringField(flavor.imageKey(), example.image());
            json.writeStringField(
                    flavor.prefixKey(),
                    flavor.promptsEndInLineBreak() ? example.prefix() + "\n" : example.prefix());
            json.writeStringField(flavor.suffixKey(), example.suffix());
            json.writeEndObject();
        }
        stream.write('\n');
    }
}
