package org.palimpsest.paligemma;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.paligemma.generation.Generation;
import org.palimpsest.paligemma.image.ImagePreprocessor;
import org.palimpsest.paligemma.mask.MaskCodec;
import org.palimpsest.paligemma.prompt.AnswerReading;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.paligemma.prompt.OutputParser;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// Reads generated text as an answer about an image: objects in its pixels, with scores and masks.
final class AnswerAssembler {

    private final ImagePreprocessor preprocessor;
    private final Optional<MaskCodec> masks;

    AnswerAssembler(ImagePreprocessor preprocessor, Optional<MaskCodec> masks) {
        this.preprocessor = preprocessor;
        this.masks = masks;
    }

    /// @param trace gets the 64 × 64 output of the mask decoder for each object
    Answer assemble(Question question, Generation generation, Optional<AnswerTrace> trace)
            throws ProblemException {
        Task task = Task.parse(question.prompt());
        AnswerReading reading = OutputParser.read(task, generation.text());
        Size image = question.image().size();
        var objects = new ArrayList<FoundObject>();
        switch (reading.output().wellFormed()) {
            case ParsedOutput.DetectedObjects(var detected) -> {
                for (int i = 0; i < detected.size(); i++) {
                    var object = detected.get(i);
                    var place = reading.places().get(i);
                    objects.add(
                            found(
                                    object.name(),
                                    object.box(),
                                    List.of(),
                                    place,
                                    generation,
                                    image));
                }
            }
            case ParsedOutput.SegmentedObjects(var segmented) -> {
                for (int i = 0; i < segmented.size(); i++) {
                    var object = segmented.get(i);
                    var place = reading.places().get(i);
                    objects.add(
                            found(
                                    object.name(),
                                    object.box(),
                                    object.maskCodes(),
                                    place,
                                    generation,
                                    image));
                }
            }
            case ParsedOutput.GeneratedText _, ParsedOutput.Malformed _ -> {}
        }
        if (trace.isPresent() && masks.isPresent()) {
            for (FoundObject object : objects) {
                if (!object.maskCodes().isEmpty()) {
                    trace.get().mask(masks.get().decode(codes(object)));
                }
            }
        }
        return new Answer(question.prompt(), generation, reading.output(), objects);
    }

    private FoundObject found(
            String label,
            NormalizedBox normalized,
            List<Integer> codes,
            AnswerReading.Place place,
            Generation generation,
            Size image)
            throws ProblemException {
        double logConfidence = 0;
        int tokens = 0;
        double spread = 0;
        int locations = 0;
        int start = 0;
        for (int i = 0; i < generation.tokenIds().length; i++) {
            int end = generation.textEnds()[i];
            if (end > place.start() && start < place.end()) {
                logConfidence += Math.log(generation.confidences()[i]);
                tokens++;
                if (generation.locationSpreads()[i] > 0) {
                    spread += generation.locationSpreads()[i];
                    locations++;
                }
            }
            start = end;
        }
        double score = tokens == 0 ? 0 : Math.min(1, Math.exp(logConfidence / tokens));
        Box box = toPixels(normalized, image);
        Optional<Mask> mask = mask(codes, normalized, image);
        return new FoundObject(
                label, box, score, locations == 0 ? 0 : spread / locations, mask, codes);
    }

    private static int[] codes(FoundObject object) {
        return object.maskCodes().stream().mapToInt(Integer::intValue).toArray();
    }

    /// The mask in the part of the image that the model saw, placed into the whole image.
    private Optional<Mask> mask(List<Integer> codes, NormalizedBox box, Size image)
            throws ProblemException {
        if (codes.isEmpty() || masks.isEmpty()) {
            return Optional.empty();
        }
        Box seen = preprocessor.sourceArea(image);
        if (seen.equals(image.toBox())) {
            return Optional.of(masks.get().decode(codes, box, image));
        }
        int left = (int) seen.xMin();
        int top = (int) seen.yMin();
        var part = new Size((int) seen.width(), (int) seen.height());
        Mask inner = masks.get().decode(codes, box, part);
        return Optional.of(
                Mask.of(
                        image.width(),
                        image.height(),
                        (x, y) ->
                                x >= left
                                        && y >= top
                                        && x < left + part.width()
                                        && y < top + part.height()
                                        && inner.get(x - left, y - top)));
    }

    private Box toPixels(NormalizedBox normalized, Size image) {
        Box seen = preprocessor.sourceArea(image);
        return new Box(
                seen.xMin() + normalized.xMinFraction() * seen.width(),
                seen.yMin() + normalized.yMinFraction() * seen.height(),
                seen.xMin() + normalized.xMaxFraction() * seen.width(),
                seen.yMin() + normalized.yMaxFraction() * seen.height());
    }
}
