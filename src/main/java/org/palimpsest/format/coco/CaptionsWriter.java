package org.palimpsest.format.coco;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.FormatSetting;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// Writes COCO captions.
final class CaptionsWriter implements DatasetWriter {
    private static final String ALL = "all";

    static final FormatSetting LANGUAGE =
            new FormatSetting(
                    "language",
                    "The language whose captions are written, such as en; captions of others are"
                            + " left out",
                    ALL,
                    Stream.concat(
                                    Stream.of(ALL),
                                    Arrays.stream(Language.values()).map(Language::code))
                            .toList());

    @Override
    public void write(DatasetExport data) throws ProblemException {
        var captions = new Captions(data, data.setting(LANGUAGE.name()));
        new CocoFiles(data, SplitFiles.of(data, false), "annotations/captions", List.of())
                .write(captions);
        captions.noteLanguages();
    }

    /// The language of a prompt for captions; empty where it is for something else.
    static Optional<Language> language(String prompt) {
        return switch (Task.parse(prompt)) {
            case Task.Caption(var language) -> Optional.of(language);
            case Task.ShortCaption(var language) -> Optional.of(language);
            case Task.Describe(var language) -> Optional.of(language);
            case Task.ReadText _,
                    Task.Answer _,
                    Task.Ask _,
                    Task.Detect _,
                    Task.Segment _,
                    Task.FreeForm _ ->
                    Optional.empty();
        };
    }

    private static final class Captions implements CocoFiles.Parts {
        private final DatasetExport data;
        private final String chosen;
        private final Map<String, Long> languages = new TreeMap<>();
        private long lastId;
        private long leftOut;

        Captions(DatasetExport data, String chosen) {
            this.data = data;
            this.chosen = chosen;
        }

        @Override
        public void annotations(JsonGenerator json, AnnotatedImage image, long imageId)
                throws IOException {
            for (var text : image.texts()) {
                var language = language(text.prompt());
                if (language.isEmpty()) {
                    continue;
                }
                String code = language.get().code();
                if (!chosen.equals(ALL) && !chosen.equals(code)) {
                    leftOut++;
                } else if (text.text().isBlank()) {
                    data.findings()
                            .error(
                                    image.image().file().getFileName().toString(),
                                    "an empty caption is left out");
                } else {
                    languages.merge(code, 1L, Long::sum);
                    write(json, text, imageId);
                }
            }
        }

        private void write(JsonGenerator json, TextAnnotation text, long imageId)
                throws IOException {
            json.writeStartObject();
            json.writeNumberField("id", ++lastId);
            json.writeNumberField("image_id", imageId);
            json.writeStringField("caption", text.text());
            if (!text.prompt().equals("caption en")) {
                json.writeStringField("prompt", text.prompt());
            }
            CocoWriter.writeAttributes(json, text.attributes());
            json.writeEndObject();
            data.countExample();
        }

        void noteLanguages() {
            if (leftOut > 0) {
                data.findings()
                        .error("captions", leftOut + " captions of other languages are left out");
            }
            if (languages.size() > 1) {
                data.findings()
                        .warning(
                                "captions",
                                "captions of several languages are mixed, "
                                        + languages
                                        + ": whoever scores them with English rules should choose"
                                        + " language=en");
            }
        }
    }
}
