package org.palimpsest.inference;

import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.geometry.EdgeRanges;
import org.palimpsest.paligemma.prompt.ParsedOutput;

/// What came of a request.
///
/// @param text the answer as the model wrote it
/// @param output the same read as the task demands
/// @param annotations the answer as proposed annotations of the image; empty where it was malformed
/// @param tokens of the text, each with how sure the model was of it
/// @param edges how sure the model was of the edges of an object, where it tells
/// @param cutShort whether the limit of new tokens was reached
public record Prediction(
        InferenceRequest request,
        String text,
        ParsedOutput output,
        List<Annotation> annotations,
        List<AnswerToken> tokens,
        Map<AnnotationId, EdgeRanges> edges,
        boolean cutShort,
        AnswerSpeed speed) {

    public Prediction {
        annotations = List.copyOf(annotations);
        tokens = List.copyOf(tokens);
        edges = Map.copyOf(edges);
    }
}
