package org.palimpsest.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.palimpsest.imaging.ContentHash;
import org.palimpsest.problem.ProblemException;

/// Writes what an export is: its format, settings and conventions, what was counted and lost, and every file with its
/// hash. No date, so that the same export gives the same bytes.
final class Manifest {
    static final String NAME = "palimpsest-export.json";

    private Manifest() {}

    static void write(DatasetFormat format, DatasetExport export, ExportPreview preview)
            throws ProblemException {
        List<Path> files;
        try (var walk = Files.walk(export.folder())) {
            files =
                    walk.filter(Files::isRegularFile)
                            .sorted(Comparator.comparing(file -> name(export.folder(), file)))
                            .toList();
        } catch (IOException e) {
            throw export.cannotWrite(e);
        }
        try (var json = export.openJson(NAME)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("program", "Palimpsest");
            json.writeStringField("format", format.id());
            json.writeObjectFieldStart("settings");
            for (var setting : export.settings().entrySet()) {
                json.writeStringField(setting.getKey(), setting.getValue());
            }
            json.writeStringField("images", lower(export.options().images()));
            json.writeBooleanField("accepted_only", export.options().acceptedOnly());
            json.writeNumberField("seed", export.options().seed());
            json.writeEndObject();
            json.writeObjectFieldStart("conventions");
            for (var convention : export.conventions().entrySet()) {
                json.writeStringField(convention.getKey(), convention.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("notes");
            for (var note : new TreeMap<>(export.options().notes()).entrySet()) {
                json.writeStringField(note.getKey(), note.getValue());
            }
            json.writeEndObject();
            writeCounts(json, export, preview);
            json.writeArrayFieldStart("files");
            for (var file : files) {
                json.writeStartObject();
                json.writeStringField("path", name(export.folder(), file));
                json.writeNumberField("bytes", Files.size(file));
                json.writeStringField("sha256", ContentHash.of(file));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw export.cannotWrite(e);
        }
    }

    private static void writeCounts(JsonGenerator json, DatasetExport export, ExportPreview preview)
            throws IOException {
        json.writeObjectFieldStart("counts");
        json.writeNumberField("images", preview.images());
        json.writeNumberField("objects", preview.objects());
        json.writeNumberField("texts", preview.texts());
        json.writeNumberField("examples", export.examples());
        json.writeEndObject();
        json.writeObjectFieldStart("splits");
        for (var split : preview.splits().entrySet()) {
            json.writeNumberField(lower(split.getKey()), split.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("provenance");
        for (var origin : preview.provenance().entrySet()) {
            json.writeNumberField(origin.getKey(), origin.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("not_carried");
        for (var loss : preview.losses()) {
            json.writeString(loss.toString());
        }
        json.writeEndArray();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String name(Path folder, Path file) {
        return StreamSupport.stream(folder.relativize(file).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }
}
