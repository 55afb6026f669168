package org.palimpsest.inference;

import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Region;
import org.palimpsest.paligemma.prompt.ParsedOutput;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Makes annotations of what a model said: the only place where an answer becomes one.
final class Predictions {
    /// What an object is called that neither the answer nor the prompt names.
    private static final String NAMELESS = "object";

    private Predictions() {}

    static Prediction of(InferenceRequest request, ModelAnswer answer, String model, Instant at) {
        return new Prediction(
                request,
                answer.text(),
                answer.output(),
                annotations(request, answer, model, at),
                answer.end() == ModelAnswer.End.LIMIT,
                answer.speed());
    }

    /// What was found, or what was said; objects that lie outside of the image or have no extent are left out.
    private static List<Annotation> annotations(
            InferenceRequest request, ModelAnswer answer, String model, Instant at) {
        var prompt = request.task().prompt();
        var found = new ArrayList<Annotation>();
        for (var object : answer.objects()) {
            var box = object.box().clampTo(request.image().size());
            Region region = object.mask().<Region>map(mask -> mask).orElse(box);
            if (region.area() > 0) {
                double score = object.score() > 0 ? Math.min(object.score(), 1) : 0;
                found.add(
                        ObjectAnnotation.of(
                                object.label().isBlank() ? NAMELESS : object.label(),
                                region,
                                new Provenance.Predicted(model, prompt, score, at)));
            }
        }
        if (answer.output().wellFormed() instanceof ParsedOutput.GeneratedText(String text)
                && !text.isBlank()) {
            found.add(
                    TextAnnotation.of(
                            prompt,
                            text.strip(),
                            new Provenance.Predicted(model, prompt, OptionalDouble.empty(), at)));
        }
        return found;
    }
}
