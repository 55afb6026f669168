package org.palimpsest.format.coco;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Label;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.problem.ProblemException;

/// Writes files of the COCO family: images, what is said of them, and categories.
///
/// Images have the number of their place in the data set as id, from 1, in every file; categories that of their label.
final class CocoFiles {
    private static final String IMAGES = "images";

    private final DatasetExport data;
    private final SplitFiles splits;
    private final String stem;
    private final List<Label> labels;

    /// What differs among the formats.
    interface Parts {
        /// Further keys of an image.
        default void image(JsonGenerator json, AnnotatedImage image, String fileName)
                throws IOException {}

        /// The annotations of an image, each an object.
        void annotations(JsonGenerator json, AnnotatedImage image, long imageId)
                throws IOException, ProblemException;

        /// Further keys of a category.
        default void category(JsonGenerator json, Label label) throws IOException {
            json.writeStringField("name", label.name());
            json.writeStringField("supercategory", "");
        }
    }

    /// @param stem the files' path without `_train` and `.json`
    /// @param labels the categories; none where the format has none
    CocoFiles(DatasetExport data, SplitFiles splits, String stem, List<Label> labels) {
        this.data = data;
        this.splits = splits;
        this.stem = stem;
        this.labels = labels;
    }

    void write(Parts parts) throws ProblemException {
        boolean referred = data.options().images() == ImagesMode.REFER;
        data.convention("file_name", referred ? "from the export's folder" : "from images/");
        data.convention("ids", "from 1, images and annotations numbered over all files");
        data.convention("image_frame", "upright");
        try (var files = new OpenFiles()) {
            for (var name : splits.names()) {
                var json = files.open(name, data.openJson(path(name)));
                json.writeStartObject();
                json.writeObjectFieldStart("info");
                json.writeStringField("description", "Palimpsest export");
                json.writeEndObject();
                json.writeArrayFieldStart("licenses");
                json.writeEndArray();
                json.writeArrayFieldStart("images");
            }
            forEachImage((image, id) -> writeImage(files.of(image), image, id, parts));
            for (var json : files.all()) {
                json.writeEndArray();
                json.writeArrayFieldStart("annotations");
            }
            forEachImage((image, id) -> parts.annotations(files.of(image), image, id));
            for (var json : files.all()) {
                json.writeEndArray();
                writeCategories(json, parts);
                json.writeEndObject();
            }
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }

    private String path(String split) {
        return stem + (split.isEmpty() ? "" : "_" + split) + ".json";
    }

    @FunctionalInterface
    private interface Step {
        void write(AnnotatedImage image, long id) throws IOException, ProblemException;
    }

    private void forEachImage(Step step) throws ProblemException {
        long[] id = {0};
        data.forEachImage(image -> {
            id[0]++;
            try {
                step.write(image, id[0]);
            } catch (IOException e) {
                throw data.cannotWrite(e);
            }
        });
    }

    private void writeImage(JsonGenerator json, AnnotatedImage image, long id, Parts parts)
            throws IOException, ProblemException {
        String fileName = fileName(data, image);
        json.writeStartObject();
        json.writeNumberField("id", id);
        json.writeStringField("file_name", fileName);
        json.writeNumberField("width", image.image().size().width());
        json.writeNumberField("height", image.image().size().height());
        parts.image(json, image, fileName);
        json.writeEndObject();
    }

    /// Puts the image into the export; gives what `file_name` says.
    static String fileName(DatasetExport data, AnnotatedImage image) throws ProblemException {
        var exported = data.image(image, IMAGES);
        return data.options().images() == ImagesMode.REFER ? exported.path() : exported.fileName();
    }

    private void writeCategories(JsonGenerator json, Parts parts) throws IOException {
        if (labels.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("categories");
        for (int i = 0; i < labels.size(); i++) {
            json.writeStartObject();
            json.writeNumberField("id", i + 1);
            parts.category(json, labels.get(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// The ids of categories by label.
    static Map<String, Integer> categoryIds(List<Label> labels) {
        var ids = new LinkedHashMap<String, Integer>();
        for (var label : labels) {
            ids.put(label.name(), ids.size() + 1);
        }
        return ids;
    }

    /// The files while they are being written.
    private final class OpenFiles implements AutoCloseable {
        private final Map<String, JsonGenerator> open = new LinkedHashMap<>();

        JsonGenerator open(String name, JsonGenerator json) {
            open.put(name, json);
            return json;
        }

        JsonGenerator of(AnnotatedImage image) {
            String name = splits.nameOf(image);
            var json = open.get(name);
            if (json == null) {
                throw new IllegalStateException("No file " + name + " among " + open.keySet());
            }
            return json;
        }

        Iterable<JsonGenerator> all() {
            return open.values();
        }

        @Override
        public void close() throws IOException {
            IOException failure = null;
            for (var json : open.values()) {
                try {
                    json.close();
                } catch (IOException e) {
                    failure = e;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
