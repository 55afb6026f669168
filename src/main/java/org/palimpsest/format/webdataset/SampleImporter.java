package org.palimpsest.format.webdataset;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.Frame;
import org.palimpsest.format.table.ObjectReader;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

/// Gathers what lies under one key, and hands it over when the next key begins.
final class SampleImporter {
    private static final int MAX_OBJECTS = 100_000;
    private static final int MAX_TEXTS = 10_000;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final DatasetImport data;
    private final String archive;
    private final Split split;
    private final ObjectReader objects;
    private final Provenance provenance;
    private Optional<String> key = Optional.empty();
    private final List<ImageEntry> pictures = new ArrayList<>();
    private JsonNode json = MissingNode.getInstance();
    private String text = "";

    SampleImporter(DatasetImport data, String archive, Split split) {
        this.data = data;
        this.archive = archive;
        this.split = split;
        this.objects = new ObjectReader(data, WebDatasetFormat.TITLE, archive);
        this.provenance = new Provenance.Imported(WebDatasetFormat.TITLE, archive);
    }

    void begin(String next) throws ProblemException {
        if (!key.equals(Optional.of(next))) {
            finish();
            key = Optional.of(next);
        }
    }

    /// @param name of the file to make, without a folder
    void picture(String place, String name, InputStream contents, ImageExtractor extractor)
            throws IOException {
        try {
            pictures.add(data.sink().image(extractor.extract(name, contents)));
        } catch (ProblemException e) {
            data.findings().error(place, e.problem().oneLine());
        }
    }

    void json(byte[] bytes) {
        try {
            json = JSON.readTree(bytes);
        } catch (IOException e) {
            data.findings().error(place() + ".json", "it is not JSON: " + shortened(e));
        }
    }

    private static String shortened(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    void text(byte[] bytes) {
        text = new String(bytes, StandardCharsets.UTF_8).strip();
    }

    private String place() {
        return archive + ", " + key.orElse("");
    }

    void finish() throws ProblemException {
        if (pictures.isEmpty() && (json.isObject() && !json.isEmpty() || !text.isEmpty())) {
            data.findings().error(place(), "there is no picture beside it: left out");
        }
        for (var picture : pictures) {
            handOver(picture);
        }
        pictures.clear();
        json = MissingNode.getInstance();
        text = "";
    }

    private void handOver(ImageEntry image) throws ProblemException {
        details(image);
        var stated = new Size(positive("width"), positive("height"));
        var frame =
                Frame.of(
                        image,
                        stated.width() > 0 && stated.height() > 0
                                ? Optional.of(stated)
                                : Optional.empty(),
                        data.options().frame().orElse(Frame.STORED));
        var all = new ArrayList<Annotation>();
        var list = json.path("objects");
        for (int i = 0; i < Math.min(list.size(), MAX_OBJECTS); i++) {
            var values = new LinkedHashMap<String, JsonNode>();
            list.path(i).properties().forEach(one -> values.put(one.getKey(), one.getValue()));
            objects.read(place() + ", object " + (i + 1), values, image, frame).ifPresent(all::add);
        }
        if (list.size() > MAX_OBJECTS) {
            data.findings()
                    .error(place(), "objects behind the first " + MAX_OBJECTS + " are left out");
        }
        texts(all);
        data.annotations(image.id(), all);
    }

    private int positive(String name) {
        return Math.max(0, json.path(name).asInt());
    }

    private void details(ImageEntry image) throws ProblemException {
        var tags = new TreeSet<String>();
        for (var tag : json.path("tags")) {
            if (Label.isName(tag.asText())) {
                tags.add(tag.asText());
            }
        }
        String notes = json.path("notes").asText("");
        if (split != Split.UNASSIGNED || !tags.isEmpty() || !notes.isEmpty()) {
            data.sink()
                    .details(
                            image.id(),
                            ImageDetails.NEW.withSplit(split).withTags(tags).withNotes(notes));
        }
    }

    /// A text file beside the picture repeats a caption of the JSON where there is one.
    private void texts(List<Annotation> all) {
        boolean repeated = text.isEmpty();
        for (var one : json.path("texts")) {
            if (all.size() < MAX_OBJECTS + MAX_TEXTS && one.path("text").isTextual()) {
                var attributes = new TreeMap<String, String>();
                one.path("attributes").properties().stream()
                        .filter(entry -> !entry.getKey().isBlank())
                        .forEach(
                                entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
                all.add(
                        TextAnnotation.of(
                                        one.path("prompt").asText(""),
                                        one.path("text").textValue(),
                                        provenance)
                                .withAttributes(attributes));
                repeated |= one.path("text").textValue().strip().equals(text);
            }
        }
        for (var one : json.path("captions")) {
            if (all.size() < MAX_OBJECTS + MAX_TEXTS && one.isTextual()) {
                all.add(TextAnnotation.of("caption en", one.textValue(), provenance));
                repeated |= one.textValue().strip().equals(text);
            }
        }
        if (!repeated) {
            all.add(TextAnnotation.of("caption en", text, provenance));
        }
    }
}
