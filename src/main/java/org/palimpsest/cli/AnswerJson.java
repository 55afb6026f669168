package org.palimpsest.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.FoundObject;
import org.palimpsest.paligemma.ModelInfo;
import org.palimpsest.paligemma.generation.Generation;
import org.palimpsest.paligemma.generation.Timings;
import org.palimpsest.paligemma.prompt.ParsedOutput;

/// The line of `predict --json`. Other tools read its names: they do not change.
final class AnswerJson {
    private final ObjectMapper json = new ObjectMapper();
    private final ModelInfo model;

    AnswerJson(ModelInfo model) {
        this.model = model;
    }

    /// One JSON object without a line break.
    ///
    /// @param image as the person named it
    String line(Path image, Answer answer) {
        Generation generation = answer.generation();
        ObjectNode line = json.createObjectNode();
        line.put("image", image.toString()).put("prompt", answer.prompt());
        line.put("model", model.name()).put("device", model.device().label());
        line.put("text", generation.text());
        ArrayNode ids = line.putArray("token_ids");
        for (int id : generation.tokenIds()) {
            ids.add(id);
        }
        ArrayNode logProbabilities = line.putArray("token_logprobs");
        for (float value : generation.tokenLogProbabilities()) {
            logProbabilities.add(value);
        }
        line.put("finish_reason", generation.finishReason().name().toLowerCase(Locale.ROOT));
        ArrayNode objects = line.putArray("objects");
        answer.objects().forEach(object -> addObject(objects, object));
        line.put("malformed", malformed(answer.output()));
        Timings timings = generation.timings();
        line.putObject("timings_ms")
                .put("load", timings.load())
                .put("preprocess", timings.preprocess())
                .put("vision", timings.vision())
                .put("prefill", timings.prefill())
                .put("decode", timings.decode())
                .put("total", timings.total());
        try {
            return json.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer has no JSON form", e);
        }
    }

    private static void addObject(ArrayNode objects, FoundObject object) {
        ObjectNode entry = objects.addObject().put("label", object.label());
        Box box = object.box();
        entry.putArray("box").add(box.xMin()).add(box.yMin()).add(box.xMax()).add(box.yMax());
        entry.put("score", object.score());
        if (object.mask().isEmpty()) {
            entry.putNull("mask");
            return;
        }
        Mask mask = object.mask().get();
        ObjectNode encoded = entry.putObject("mask");
        encoded.putArray("size").add(mask.height()).add(mask.width());
        encoded.put("counts", mask.cocoCompressed());
    }

    /// What is wrong and where; null for an answer that keeps to the form of its task.
    private static @Nullable String malformed(ParsedOutput output) {
        return output instanceof ParsedOutput.Malformed malformed
                ? malformed.reason() + " (at character " + malformed.position() + ")"
                : null;
    }
}
