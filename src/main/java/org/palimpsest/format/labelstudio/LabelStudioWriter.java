package org.palimpsest.format.labelstudio;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.shape.XmlText;
import org.palimpsest.problem.ProblemException;

/// Writes `tasks.json`, `labeling_config.xml` and `images`.
final class LabelStudioWriter implements DatasetWriter {
    @Override
    public void write(DatasetExport data) throws ProblemException {
        data.convention("coordinates", "percent of the upright image's width and height");
        var fields = new TreeSet<String>();
        try (var json = data.openJson("tasks.json")) {
            json.writeStartArray();
            data.forEachImage(image -> {
                try {
                    writeTask(json, data, image, fields);
                } catch (IOException e) {
                    throw data.cannotWrite(e);
                }
            });
            json.writeEndArray();
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
        writeConfiguration(data, fields);
    }

    private static void writeTask(
            JsonGenerator json, DatasetExport data, AnnotatedImage image, Set<String> fields)
            throws IOException, ProblemException {
        var placed = data.image(image, "images");
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeObjectFieldStart("data");
        json.writeStringField("image", data.setting("prefix") + ImageUrls.encode(placed.path()));
        var split = image.details().split();
        if (split != Split.UNASSIGNED) {
            json.writeStringField("split", split.name().toLowerCase(Locale.ROOT));
        }
        json.writeEndObject();
        var results = new ResultWriter(json, data, placed.fileName(), image.image().size(), fields);
        var checked = image.annotations().stream().filter(one -> !isPrediction(one)).toList();
        json.writeArrayFieldStart("annotations");
        if (!checked.isEmpty()) {
            json.writeStartObject();
            json.writeArrayFieldStart("result");
            results.write(checked, "manual");
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        writePrediction(
                json,
                results,
                image.annotations().stream().filter(LabelStudioWriter::isPrediction).toList());
        json.writeEndObject();
        data.countExample();
    }

    /// One prediction holds all regions: of several, Label Studio shows one (HumanSignal/label-studio#8012).
    private static void writePrediction(
            JsonGenerator json, ResultWriter results, List<Annotation> predicted)
            throws IOException {
        json.writeArrayFieldStart("predictions");
        if (!predicted.isEmpty()) {
            json.writeStartObject();
            json.writeStringField(
                    "model_version",
                    predicted.stream()
                            .map(one -> model(one.provenance()))
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(", ")));
            var scores =
                    predicted.stream()
                            .map(one -> one.provenance().score())
                            .filter(score -> score.isPresent())
                            .mapToDouble(score -> score.getAsDouble())
                            .summaryStatistics();
            if (scores.getCount() > 0) {
                json.writeNumberField("score", scores.getAverage());
            }
            json.writeArrayFieldStart("result");
            results.write(predicted, "prediction");
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// Whether a model made it and nobody has said anything of it.
    private static boolean isPrediction(Annotation annotation) {
        return annotation.review() == ReviewState.UNREVIEWED
                && switch (annotation.provenance()) {
                    case Provenance.Predicted _ -> true;
                    case Provenance.Imported imported -> imported.score().isPresent();
                    case Provenance.Drawn _, Provenance.Corrected _ -> false;
                };
    }

    private static String model(Provenance provenance) {
        return switch (provenance.source()) {
            case Provenance.Predicted predicted -> predicted.model();
            case Provenance.Imported imported -> imported.format();
            case Provenance.Drawn _, Provenance.Corrected _ -> "";
        };
    }

    private static void writeConfiguration(DatasetExport data, Set<String> fields)
            throws ProblemException {
        var xml = new StringBuilder("<View>\n  <Image name=\"image\" value=\"$image\"/>\n");
        writeLabels(xml, data, "RectangleLabels", ResultWriter.BOXES);
        writeLabels(xml, data, "PolygonLabels", ResultWriter.OUTLINES);
        writeLabels(xml, data, "BrushLabels", ResultWriter.MASKS);
        for (var field : fields) {
            xml.append("  <TextArea name=\"").append(XmlText.escape(field));
            xml.append("\" toName=\"image\" editable=\"true\" maxSubmissions=\"0\"/>\n");
        }
        xml.append("</View>\n");
        try (var out = data.openFile("labeling_config.xml")) {
            out.write(xml.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }

    private static void writeLabels(
            StringBuilder xml, DatasetExport data, String element, String name) {
        xml.append("  <").append(element).append(" name=\"").append(name);
        xml.append("\" toName=\"image\">\n");
        for (var label : data.data().labels().labels()) {
            xml.append("    <Label value=\"").append(XmlText.escape(label.name()));
            xml.append("\" background=\"#%06x\"/>\n".formatted(label.rgb()));
        }
        xml.append("  </").append(element).append(">\n");
    }
}
