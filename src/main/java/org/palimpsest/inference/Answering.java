package org.palimpsest.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.Picture;
import org.palimpsest.inference.tile.TileMerger;
import org.palimpsest.inference.tile.TileObject;
import org.palimpsest.inference.tile.TileOptions;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.prompt.DetectedObject;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.problem.ProblemException;

/// Puts one request to a model: shows it what the scope says, and brings what it finds into the image.
///
/// Confined to the service's thread.
final class Answering {
    private static final double UNKNOWN = -1;

    private final AnsweringModel model;
    private final InferenceRequest request;
    private final Picture picture;
    private final Consumer<JobState.Running> listener;
    private final Progress progress;
    private final SpeedMeter meter = new SpeedMeter(System::nanoTime);
    private final Size size;

    /// @param listener hears of every token
    Answering(
            AnsweringModel model,
            InferenceRequest request,
            Picture picture,
            Consumer<JobState.Running> listener,
            Progress progress) {
        this.model = model;
        this.request = request;
        this.picture = picture;
        this.listener = listener;
        this.progress = progress;
        this.size = picture.size();
    }

    ModelAnswer answer() throws ProblemException {
        return switch (request.scope()) {
            case Scope.Whole() -> part(size.toBox(), "", "Answering", List.of(), UNKNOWN);
            case Scope.Part part -> {
                var pixels = part.pixels(size);
                yield part(pixels, key(pixels), "Answering", List.of(), UNKNOWN);
            }
            case Scope.Sliced(var options) -> tiles(options);
        };
    }

    private static String key(Box pixels) {
        return "@%.0f,%.0f,%.0f,%.0f"
                .formatted(pixels.xMin(), pixels.yMin(), pixels.xMax(), pixels.yMax());
    }

    /// @param before what other parts gave already
    private ModelAnswer part(
            Box pixels,
            String keySuffix,
            String activity,
            List<ArrivingObject> before,
            double fraction)
            throws ProblemException {
        var shown = PictureParts.cut(picture, pixels);
        var prompt = request.task().prompt();
        var answer =
                request.written().isPresent()
                        ? model.read(shown, prompt, request.written().get())
                        : model.answer(
                                shown,
                                request.image().id() + keySuffix,
                                prompt,
                                request.maxNewTokens(),
                                (text, tokens, objects) ->
                                        token(
                                                activity,
                                                text,
                                                tokens,
                                                placed(objects, pixels, before),
                                                fraction),
                                progress);
        if (pixels.equals(size.toBox())) {
            return answer;
        }
        return new ModelAnswer(
                answer.text(),
                answer.output(),
                answer.objects().stream()
                        .map(shape -> PictureParts.placed(shape, pixels, size))
                        .toList(),
                answer.tokens(),
                answer.end(),
                answer.speed());
    }

    private void token(
            String activity,
            String text,
            int tokens,
            List<ArrivingObject> objects,
            double fraction) {
        meter.token(tokens);
        listener.accept(
                new JobState.Running(
                        activity, text, tokens, meter.tokensPerSecond(), objects, fraction));
    }

    private List<ArrivingObject> placed(
            List<ArrivingObject> objects, Box part, List<ArrivingObject> before) {
        var all = new ArrayList<>(before);
        for (var object : objects) {
            var box = object.box().translate(part.xMin(), part.yMin()).clampTo(size);
            all.add(new ArrivingObject(object.label(), box));
        }
        return all;
    }

    private ModelAnswer tiles(TileOptions options) throws ProblemException {
        if (options.count(size) > TileOptions.MOST_TILES) {
            throw new ProblemException(
                    "The image would be cut into too many parts",
                    options.count(size)
                            + " of "
                            + options.side()
                            + " pixels, at most "
                            + TileOptions.MOST_TILES,
                    "Choose larger parts");
        }
        var tiles = options.tiles(size);
        var found = new ArrayList<TileObject>();
        var arrived = new ArrayList<ArrivingObject>();
        var texts = new ArrayList<String>();
        int tokens = 0;
        double seconds = 0;
        double tokensPerSecond = 0;
        var end = ModelAnswer.End.COMPLETE;
        for (int i = 0; i < tiles.size(); i++) {
            var tile = tiles.get(i);
            var activity = "Part %d of %d".formatted(i + 1, tiles.size());
            double fraction = (double) i / tiles.size();
            listener.accept(new JobState.Running(activity, "", tokens, 0, arrived, fraction));
            var answer = part(tile, key(tile), activity, arrived, fraction);
            texts.add(answer.text());
            tokens += answer.speed().tokens();
            seconds += answer.speed().seconds();
            tokensPerSecond = Math.max(tokensPerSecond, answer.speed().tokensPerSecond());
            for (var shape : answer.objects()) {
                found.add(
                        new TileObject(
                                shape.label(),
                                shape.box(),
                                shape.score(),
                                shape.edges(),
                                shape.mask(),
                                i));
                arrived.add(new ArrivingObject(shape.label(), shape.box()));
            }
            if (answer.end() != ModelAnswer.End.COMPLETE) {
                end = answer.end();
            }
            if (end == ModelAnswer.End.CANCELLED) {
                break;
            }
        }
        var merged = new TileMerger(tiles, size).merge(found);
        return new ModelAnswer(
                String.join("\n", texts),
                output(merged),
                merged.stream().map(Answering::shape).toList(),
                List.of(),
                end,
                new AnswerSpeed(tokens, seconds, tokensPerSecond));
    }

    private static ModelAnswer.FoundShape shape(TileObject object) {
        return new ModelAnswer.FoundShape(
                object.label(), object.box(), object.score(), object.edges(), object.mask());
    }

    /// What the model would have said of the whole image.
    private ParsedOutput output(List<TileObject> merged) {
        return new ParsedOutput.DetectedObjects(
                merged.stream()
                        .map(object -> {
                            var box = object.box();
                            return new DetectedObject(
                                    object.label(),
                                    NormalizedBox.ofFractions(
                                            box.yMin() / size.height(),
                                            box.xMin() / size.width(),
                                            box.yMax() / size.height(),
                                            box.xMax() / size.width()));
                        })
                        .toList());
    }
}
