package org.palimpsest.inference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.EdgeRanges;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.prompt.ParsedOutput;

/// Makes annotations of what a model said: the only place where an answer becomes one.
public final class Predictions {
    /// What an object is called that neither the answer nor the prompt names.
    private static final String NAMELESS = "object";

    private Predictions() {}

    /// What a model said of an image, as proposed annotations. Objects that lie outside of the image or have no extent are
    /// left out.
    public static List<Annotation> annotations(ImageEntry image, Answer answer, ModelStamp stamp) {
        var found = new ArrayList<Annotation>();
        for (var object : answer.objects()) {
            object(
                            image,
                            answer.prompt(),
                            object.label(),
                            object.box(),
                            OptionalDouble.of(object.score()),
                            object.mask(),
                            stamp)
                    .ifPresent(found::add);
        }
        text(answer.prompt(), answer.output(), stamp).ifPresent(found::add);
        return found;
    }

    static Prediction of(
            InferenceRequest request, ModelAnswer answer, ModelCard model, Instant at) {
        var stamp = new ModelStamp(model.name(), model.checkpoint(), request.settings(), at);
        boolean asked = request.written().isEmpty();
        var edges = new HashMap<AnnotationId, EdgeRanges>();
        var prompt = request.task().prompt();
        var found = new ArrayList<Annotation>();
        for (var object : answer.objects()) {
            var annotation =
                    object(
                            request.image(),
                            prompt,
                            object.label(),
                            object.box(),
                            asked ? OptionalDouble.of(object.score()) : OptionalDouble.empty(),
                            object.mask(),
                            stamp);
            if (annotation.isPresent()) {
                found.add(annotation.get());
                object.edges().ifPresent(ranges -> edges.put(annotation.get().id(), ranges));
            }
        }
        text(prompt, answer.output(), stamp).ifPresent(found::add);
        return new Prediction(
                request,
                answer.text(),
                answer.output(),
                found,
                answer.tokens(),
                edges,
                answer.end() == ModelAnswer.End.LIMIT,
                answer.speed());
    }

    private static Optional<Annotation> object(
            ImageEntry image,
            String prompt,
            String label,
            Box box,
            OptionalDouble score,
            Optional<Mask> mask,
            ModelStamp stamp) {
        Region region = mask.<Region>map(pixels -> pixels).orElse(box.clampTo(image.size()));
        if (!(region.area() > 0)) {
            return Optional.empty();
        }
        return Optional.of(
                ObjectAnnotation.of(
                        Label.isName(label) ? label : NAMELESS,
                        region,
                        provenance(prompt, bounded(score), stamp)));
    }

    private static OptionalDouble bounded(OptionalDouble score) {
        if (score.isEmpty()) {
            return score;
        }
        return OptionalDouble.of(score.getAsDouble() > 0 ? Math.min(score.getAsDouble(), 1) : 0);
    }

    private static Optional<Annotation> text(String prompt, ParsedOutput output, ModelStamp stamp) {
        return output.wellFormed() instanceof ParsedOutput.GeneratedText(String text)
                        && !text.isBlank()
                ? Optional.of(
                        TextAnnotation.of(
                                prompt.strip(),
                                text.strip(),
                                provenance(prompt, OptionalDouble.empty(), stamp)))
                : Optional.empty();
    }

    private static Provenance provenance(String prompt, OptionalDouble score, ModelStamp stamp) {
        return new Provenance.Predicted(
                stamp.model(),
                prompt.strip(),
                score,
                stamp.at(),
                stamp.checkpoint(),
                stamp.settings());
    }
}
