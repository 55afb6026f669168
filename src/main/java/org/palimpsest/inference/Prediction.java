package org.palimpsest.inference;

import java.util.List;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.paligemma.prompt.ParsedOutput;

/// What came of a request.
///
/// @param text the answer as the model wrote it
/// @param output the same read as the task demands
/// @param annotations the answer as proposed annotations of the image; empty where it was malformed
/// @param cutShort whether the limit of new tokens was reached
public record Prediction(
        InferenceRequest request,
        String text,
        ParsedOutput output,
        List<Annotation> annotations,
        boolean cutShort,
        AnswerSpeed speed) {

    public Prediction {
        annotations = List.copyOf(annotations);
    }
}
