package org.palimpsest.format.imagefolder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.Frame;
import org.palimpsest.format.ImagePaths;
import org.palimpsest.format.csv.CsvReader;
import org.palimpsest.format.parquet.ParquetRows;
import org.palimpsest.format.table.AnswerReader;
import org.palimpsest.format.table.ImageCache;
import org.palimpsest.format.table.ObjectReader;
import org.palimpsest.format.table.TextFiles;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Reads the rows of one metadata file, whatever its kind.
final class MetadataImporter {
    private static final Set<String> COLUMNS =
            Set.of(
                    "file_name",
                    "width",
                    "height",
                    "objects",
                    "texts",
                    "captions",
                    "caption",
                    "text",
                    "prefix",
                    "suffix");
    private static final int LONGEST_LINE = 16 << 20;
    private static final int MAX_OBJECTS = 100_000;
    private static final int MAX_TEXTS = 10_000;
    private static final int MAX_NOTED = 100;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final DatasetImport data;
    private final Path file;
    private final String prefix;
    private final Split split;
    private final String name;
    private final ImageCache images;
    private final ObjectReader objects;
    private final Provenance provenance;
    private final Set<String> noted = new HashSet<>();

    MetadataImporter(DatasetImport data, Path file, String prefix, Split split) {
        this.data = data;
        this.file = file;
        this.prefix = prefix;
        this.split = split;
        this.name = prefix + file.getFileName();
        this.images = new ImageCache(data);
        this.objects = new ObjectReader(data, ImageFolderFormat.TITLE, name);
        this.provenance = new Provenance.Imported(ImageFolderFormat.TITLE, name);
    }

    void read() throws ProblemException {
        String lower = file.toString().toLowerCase(Locale.ROOT);
        if (lower.endsWith(".parquet")) {
            var others =
                    ParquetRows.forEach(
                            file, COLUMNS, (number, row) -> readRow(name + ", row " + number, row));
            others.forEach(this::noteColumn);
        } else if (lower.endsWith(".csv")) {
            readCsv();
        } else {
            readJsonLines();
        }
    }

    private void readCsv() throws ProblemException {
        try (var rows = CsvReader.open(file)) {
            var header = rows.next();
            if (header.isEmpty()) {
                return;
            }
            for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                var object = JsonNodeFactory.instance.objectNode();
                for (int i = 0; i < header.get().cells().size(); i++) {
                    object.put(header.get().cell(i).strip(), row.get().cell(i));
                }
                readRow(name + ", line " + row.get().line(), object);
            }
        }
    }

    private void readJsonLines() throws ProblemException {
        try (var reader = TextFiles.open(file)) {
            var line = new StringBuilder();
            for (long number = 1; readLine(reader, line); number++) {
                readLine(name + ", line " + number, line);
            }
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    new Problem("The file is not UTF-8", file.toString(), "Save it as UTF-8"), e);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The file cannot be read", file + ": " + e.getMessage(), "Check it"),
                    e);
        }
    }

    /// What is too long is cut one character behind the bound.
    private static boolean readLine(Reader reader, StringBuilder line) throws IOException {
        line.setLength(0);
        int c = reader.read();
        if (c < 0) {
            return false;
        }
        while (c >= 0 && c != '\n') {
            if (line.length() <= LONGEST_LINE) {
                line.append((char) c);
            }
            c = reader.read();
        }
        return true;
    }

    private void readLine(String place, StringBuilder line) throws ProblemException {
        if (line.length() > LONGEST_LINE) {
            data.findings().error(place, "the line is longer than 16 MB: left out");
            return;
        }
        String text = line.toString();
        if (text.isBlank()) {
            return;
        }
        try {
            if (JSON.readTree(text) instanceof ObjectNode row) {
                readRow(place, row);
            } else {
                data.findings().error(place, "the line is not a JSON object: left out");
            }
        } catch (JsonProcessingException e) {
            data.findings().error(place, "the line is not JSON: " + e.getOriginalMessage());
        }
    }

    private void readRow(String place, ObjectNode row) throws ProblemException {
        data.throwIfCancelled();
        row.fieldNames().forEachRemaining(this::noteColumn);
        var fileName = row.path("file_name");
        if (!fileName.isTextual()) {
            data.findings().error(place, "the row has no file_name: left out");
            return;
        }
        var refused = ImagePaths.reasonToRefuse(fileName.textValue());
        if (refused.isPresent()) {
            data.findings().error(place, refused.get());
            return;
        }
        var image = images.find(place, prefix + fileName.textValue());
        if (image.isEmpty()) {
            return;
        }
        if (split != Split.UNASSIGNED) {
            data.sink().details(image.get().id(), ImageDetails.NEW.withSplit(split));
        }
        var frame =
                Frame.of(
                        image.get(), statedSize(row), data.options().frame().orElse(Frame.UPRIGHT));
        var all = new ArrayList<Annotation>();
        readObjects(place, row.path("objects"), image.get(), frame, all);
        readTexts(place, row, all);
        readAnswer(place, row, image.get(), frame, all);
        data.annotations(image.get().id(), all);
    }

    private void noteColumn(String column) {
        if (!COLUMNS.contains(column) && noted.size() < MAX_NOTED && noted.add(column)) {
            data.findings().warning(name, "the column \"" + column + "\" is not taken over");
        }
    }

    private static Optional<Size> statedSize(JsonNode row) {
        int width = row.path("width").asInt();
        int height = row.path("height").asInt();
        return width > 0 && height > 0 ? Optional.of(new Size(width, height)) : Optional.empty();
    }

    /// A struct of lists, or a list of structs.
    private void readObjects(
            String place, JsonNode column, ImageEntry image, Frame frame, List<Annotation> all) {
        int count = column.isObject() ? longest(column) : column.isArray() ? column.size() : 0;
        if (count > MAX_OBJECTS) {
            data.findings()
                    .error(place, "objects behind the first " + MAX_OBJECTS + " are left out");
        }
        for (int i = 0; i < Math.min(count, MAX_OBJECTS); i++) {
            var values = new LinkedHashMap<String, JsonNode>();
            var source = column.isArray() ? column.get(i) : column;
            for (var entry : source.properties()) {
                var value = column.isArray() ? entry.getValue() : entry.getValue().get(i);
                if (value != null) {
                    values.put(entry.getKey(), value);
                }
            }
            objects.read(place + ", object " + (i + 1), values, image, frame).ifPresent(all::add);
        }
    }

    private static int longest(JsonNode lists) {
        int longest = 0;
        for (var list : lists) {
            longest = Math.max(longest, list.isArray() ? list.size() : 0);
        }
        return longest;
    }

    private void readTexts(String place, JsonNode row, List<Annotation> all) {
        var prompts = row.path("texts").path("prompt");
        var texts = row.path("texts").path("text");
        if (prompts.size() != texts.size() || texts.size() > MAX_TEXTS) {
            data.findings().error(place, "prompts and texts are not as many: left out");
        } else {
            for (int i = 0; i < texts.size(); i++) {
                addText(prompts.get(i).asText(), texts.get(i), all);
            }
        }
        for (var column : List.of("captions", "caption", "text")) {
            var value = row.path(column);
            addText("caption en", value, all);
            for (int i = 0; i < Math.min(value.size(), MAX_TEXTS); i++) {
                addText("caption en", value.path(i), all);
            }
        }
    }

    private void addText(String prompt, JsonNode text, List<Annotation> all) {
        if (text.isTextual() && !text.textValue().isEmpty()) {
            all.add(TextAnnotation.of(prompt, text.textValue(), provenance));
        }
    }

    private void readAnswer(
            String place, JsonNode row, ImageEntry image, Frame frame, List<Annotation> all) {
        var prompt = row.path("prefix");
        var answer = row.path("suffix");
        if (!prompt.isTextual() || !answer.isTextual()) {
            return;
        }
        if (row.has("objects") && AnswerReader.asksForObjects(prompt.textValue())) {
            if (noted.add("suffix")) {
                data.findings()
                        .warning(name, "\"suffix\" says what \"objects\" says, which is taken");
            }
            return;
        }
        all.addAll(
                new AnswerReader(data, provenance)
                        .read(place, prompt.textValue(), answer.textValue(), image, frame));
    }
}
