package org.palimpsest.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.paligemma.prompt.OutputParser;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// A tiny deterministic model: says for every prompt what it was told to say, one word after another.
public final class FakeModel implements AnsweringModel {
    private final Path folder;
    private final Map<String, String> answers = new HashMap<>();
    public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    public volatile boolean closed;
    public volatile boolean adaptable = true;

    /// How sure it is of its words, in turn.
    public volatile double[] confidences = {0.9};

    private volatile Optional<Path> adapter = Optional.empty();

    /// Where present, every token waits for a permit.
    public volatile Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);

    /// Thrown instead of the next answer.
    public volatile Throwable failure;

    public FakeModel(ModelChoice choice) {
        this(choice.folder());
        adapter = choice.adapter();
    }

    public FakeModel(Path folder) {
        this.folder = folder;
    }

    public FakeModel answering(String prompt, String text) {
        answers.put(prompt, text);
        return this;
    }

    @Override
    public ModelCard card() {
        return new ModelCard(
                "fake" + adapter.map(used -> "+" + used.getFileName()).orElse(""),
                folder,
                "says what it is told",
                true,
                true,
                "CPU",
                "no other device",
                "",
                adapter);
    }

    @Override
    public ModelAnswer answer(
            Picture picture,
            String imageKey,
            String prompt,
            int maxNewTokens,
            Listener listener,
            Progress progress)
            throws ProblemException {
        asked.add(prompt);
        throwFailure();
        var words = answers.getOrDefault(prompt, "").split("(?<= )");
        var text = new StringBuilder();
        int tokens = 0;
        for (var word : words) {
            gate.acquireUninterruptibly();
            if (progress.isCancelled()) {
                return answer(picture, prompt, text.toString(), tokens, ModelAnswer.End.CANCELLED);
            }
            if (tokens == maxNewTokens) {
                return answer(picture, prompt, text.toString(), tokens, ModelAnswer.End.LIMIT);
            }
            text.append(word);
            listener.token(text.toString(), ++tokens, complete(picture, prompt, text.toString()));
        }
        return answer(picture, prompt, text.toString(), tokens, ModelAnswer.End.COMPLETE);
    }

    private static List<ArrivingObject> complete(Picture picture, String prompt, String text) {
        var reading = OutputParser.read(Task.parse(prompt), text);
        var complete = new ArrayList<ArrivingObject>();
        if (reading.output().wellFormed() instanceof ParsedOutput.DetectedObjects detected) {
            for (int i = 0; i < detected.objects().size(); i++) {
                if (reading.places().get(i).end() < text.length()) {
                    var object = detected.objects().get(i);
                    complete.add(new ArrivingObject(object.name(), pixels(object.box(), picture)));
                }
            }
        }
        return complete;
    }

    private List<AnswerToken> words(String text) {
        var words = new ArrayList<AnswerToken>();
        int start = 0;
        for (var word : text.split("(?<= )")) {
            double confidence = confidences[words.size() % confidences.length];
            words.add(new AnswerToken(start, start + word.length(), confidence));
            start += word.length();
        }
        return words;
    }

    @Override
    public ModelAnswer read(Picture picture, String prompt, String text) {
        return answer(picture, prompt, text, 0, ModelAnswer.End.COMPLETE);
    }

    @Override
    public boolean useAdapter(Optional<Path> wanted) {
        adapter = wanted;
        return adaptable || wanted.isEmpty();
    }

    private void throwFailure() throws ProblemException {
        var thrown = failure;
        failure = null;
        switch (thrown) {
            case null -> {}
            case ProblemException problem -> throw problem;
            case RuntimeException mistake -> throw mistake;
            case Error error -> throw error;
            default -> throw new IllegalStateException(thrown);
        }
    }

    private ModelAnswer answer(
            Picture picture, String prompt, String text, int tokens, ModelAnswer.End end) {
        var output = OutputParser.parse(Task.parse(prompt), text);
        var objects = new ArrayList<ModelAnswer.FoundShape>();
        if (output.wellFormed() instanceof ParsedOutput.DetectedObjects detected) {
            for (var object : detected.objects()) {
                objects.add(
                        new ModelAnswer.FoundShape(
                                object.name(),
                                pixels(object.box(), picture),
                                0.9,
                                Optional.empty(),
                                Optional.empty()));
            }
        }
        if (output.wellFormed() instanceof ParsedOutput.SegmentedObjects segmented) {
            for (var object : segmented.objects()) {
                var box = pixels(object.box(), picture);
                objects.add(
                        new ModelAnswer.FoundShape(
                                object.name(),
                                box,
                                0.9,
                                Optional.empty(),
                                Optional.of(Mask.fromRegion(box, picture.size()))));
            }
        }
        return new ModelAnswer(
                text, output, objects, words(text), end, new AnswerSpeed(tokens, 0.5, 20));
    }

    /// Sixteen times the share of the box, in 127ths, that the mask covers.
    @Override
    public int[] encodeMask(Mask mask, Box box) throws ProblemException {
        throwFailure();
        var codes = new int[16];
        Arrays.fill(codes, (int) (127 * mask.area() / box.area()));
        return codes;
    }

    private static Box pixels(NormalizedBox box, Picture picture) {
        return new Box(
                box.xMinFraction() * picture.width(),
                box.yMinFraction() * picture.height(),
                box.xMaxFraction() * picture.width(),
                box.yMaxFraction() * picture.height());
    }

    @Override
    public void close() {
        closed = true;
    }
}
