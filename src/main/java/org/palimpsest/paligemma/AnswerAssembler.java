package org.palimpsest.paligemma;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.EdgeRanges;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.paligemma.generation.Generation;
import org.palimpsest.paligemma.generation.LocationRange;
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
    private static final int LOCATIONS_PER_BOX = 4;

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

    /// The objects in a text that may not be finished, without those whose label may still grow.
    List<PlacedLabel> complete(Question question, String text) {
        AnswerReading reading = OutputParser.read(Task.parse(question.prompt()), text);
        Size image = question.image().size();
        var complete = new ArrayList<PlacedLabel>();
        for (int i = 0; i < reading.places().size(); i++) {
            if (reading.places().get(i).end() < text.length()) {
                switch (reading.output().wellFormed()) {
                    case ParsedOutput.DetectedObjects(var detected) ->
                            complete.add(
                                    placed(detected.get(i).name(), detected.get(i).box(), image));
                    case ParsedOutput.SegmentedObjects(var segmented) ->
                            complete.add(
                                    placed(segmented.get(i).name(), segmented.get(i).box(), image));
                    case ParsedOutput.GeneratedText _, ParsedOutput.Malformed _ -> {}
                }
            }
        }
        return complete;
    }

    private PlacedLabel placed(String label, NormalizedBox box, Size image) {
        return new PlacedLabel(label, toPixels(box, image));
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
        var locations = new ArrayList<LocationRange>(LOCATIONS_PER_BOX);
        int start = 0;
        for (int i = 0; i < generation.tokenIds().length; i++) {
            int end = generation.textEnds()[i];
            if (end > place.start() && start < place.end()) {
                logConfidence += Math.log(generation.confidences()[i]);
                tokens++;
                if (generation.locations()[i].isPlace()) {
                    locations.add(generation.locations()[i]);
                }
            }
            start = end;
        }
        double score = tokens == 0 ? 0 : Math.min(1, Math.exp(logConfidence / tokens));
        double deviation =
                locations.stream().mapToDouble(LocationRange::deviation).average().orElse(0);
        return new FoundObject(
                label,
                toPixels(normalized, image),
                score,
                deviation,
                edges(locations, image),
                mask(codes, normalized, image),
                codes);
    }

    /// @param locations of the tokens of one box, in the order of the text: yMin xMin yMax xMax
    private Optional<EdgeRanges> edges(List<LocationRange> locations, Size image) {
        if (locations.size() != LOCATIONS_PER_BOX) {
            return Optional.empty();
        }
        Box seen = preprocessor.sourceArea(image);
        return Optional.of(
                new EdgeRanges(
                        range(locations.get(1), seen.xMin(), seen.width()),
                        range(locations.get(0), seen.yMin(), seen.height()),
                        range(locations.get(3), seen.xMin(), seen.width()),
                        range(locations.get(2), seen.yMin(), seen.height())));
    }

    private static EdgeRanges.Range range(LocationRange bins, double from, double length) {
        return new EdgeRanges.Range(
                from + NormalizedBox.fraction(bins.low()) * length,
                from + NormalizedBox.fraction(bins.likeliest()) * length,
                from + NormalizedBox.fraction(bins.high()) * length);
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
