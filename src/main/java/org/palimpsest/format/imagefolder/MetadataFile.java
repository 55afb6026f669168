package org.palimpsest.format.imagefolder;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.imagefolder.MetadataRow.Item;
import org.palimpsest.format.parquet.ParquetType;
import org.palimpsest.format.parquet.ParquetType.Field;
import org.palimpsest.format.parquet.ParquetType.Single;
import org.palimpsest.format.parquet.ParquetWriter;

/// The metadata file of a split while it is being written.
interface MetadataFile extends AutoCloseable {
    void row(MetadataRow row) throws IOException;

    @Override
    void close() throws IOException;

    /// The columns and their types, the same for every split.
    ParquetType.Struct COLUMNS =
            ParquetType.Struct.of(
                    new Field("file_name", Single.TEXT),
                    new Field("width", Single.WHOLE),
                    new Field("height", Single.WHOLE),
                    new Field(
                            "objects",
                            ParquetType.Struct.of(
                                    new Field("id", ParquetType.listOf(Single.WHOLE)),
                                    new Field(
                                            "bbox",
                                            ParquetType.listOf(ParquetType.listOf(Single.REAL))),
                                    new Field("area", ParquetType.listOf(Single.REAL)),
                                    new Field("categories", ParquetType.listOf(Single.TEXT)),
                                    new Field("iscrowd", ParquetType.listOf(Single.WHOLE)),
                                    new Field("segmentation", ParquetType.listOf(Single.TEXT)))),
                    new Field(
                            "texts",
                            ParquetType.Struct.of(
                                    new Field("prompt", ParquetType.listOf(Single.TEXT)),
                                    new Field("text", ParquetType.listOf(Single.TEXT)))));

    /// @param stream is closed with the file
    static MetadataFile parquet(OutputStream stream) throws IOException {
        var writer = new ParquetWriter(stream, COLUMNS);
        return new MetadataFile() {
            @Override
            public void row(MetadataRow row) throws IOException {
                var objects = row.objects();
                writer.row(
                        List.of(
                                row.fileName(),
                                (long) row.size().width(),
                                (long) row.size().height(),
                                List.of(
                                        objects.stream().map(Item::id).toList(),
                                        objects.stream().map(Item::bbox).toList(),
                                        objects.stream().map(Item::area).toList(),
                                        objects.stream().map(Item::category).toList(),
                                        objects.stream().map(one -> one.crowd() ? 1L : 0L).toList(),
                                        objects.stream().map(Item::segmentation).toList()),
                                List.of(
                                        row.texts().stream().map(TextAnnotation::prompt).toList(),
                                        row.texts().stream().map(TextAnnotation::text).toList())));
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }

    /// @param objects and texts say which columns there are
    static MetadataFile jsonLines(OutputStream stream, boolean objects, boolean texts) {
        var factory = new JsonFactory();
        return new MetadataFile() {
            @Override
            public void row(MetadataRow row) throws IOException {
                var line = new StringWriter();
                try (var json = factory.createGenerator(line)) {
                    json.writeStartObject();
                    json.writeStringField("file_name", row.fileName());
                    json.writeNumberField("width", row.size().width());
                    json.writeNumberField("height", row.size().height());
                    if (objects) {
                        writeObjects(json, row.objects());
                    }
                    if (texts) {
                        writeTexts(json, row.texts());
                    }
                    json.writeEndObject();
                }
                stream.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    private static void writeObjects(JsonGenerator json, List<Item> objects) throws IOException {
        json.writeObjectFieldStart("objects");
        json.writeArrayFieldStart("id");
        for (var object : objects) {
            json.writeNumber(object.id());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("bbox");
        for (var object : objects) {
            json.writeStartArray();
            for (double number : object.bbox()) {
                json.writeNumber(number);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("area");
        for (var object : objects) {
            json.writeNumber(object.area());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("categories");
        for (var object : objects) {
            json.writeString(object.category());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("iscrowd");
        for (var object : objects) {
            json.writeNumber(object.crowd() ? 1 : 0);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("segmentation");
        for (var object : objects) {
            json.writeString(object.segmentation());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeTexts(JsonGenerator json, List<TextAnnotation> texts)
            throws IOException {
        json.writeObjectFieldStart("texts");
        json.writeArrayFieldStart("prompt");
        for (var text : texts) {
            json.writeString(text.prompt());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("text");
        for (var text : texts) {
            json.writeString(text.text());
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
