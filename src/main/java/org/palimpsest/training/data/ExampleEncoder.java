package org.palimpsest.training.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.token.PromptTokens;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.data.ExampleReport.Kind;

/// Makes tokens of examples, exactly those that the model is given when it is asked, and finds out beforehand what cannot be
/// trained on.
///
/// Thread-safe.
public final class ExampleEncoder {
    private static final List<String> SPECIAL = List.of("<bos>", "<eos>", "<pad>", "<image>");
    private static final int PROGRESS_EVERY = 100;

    private final PromptTokens tokens;
    private final int maxTokens;

    /// @param maxTokens text tokens of an example at most, `<bos>` and `<eos>` included
    public ExampleEncoder(PromptTokens tokens, int maxTokens) {
        if (maxTokens < 2) {
            throw new IllegalArgumentException("Room for " + maxTokens + " tokens");
        }
        this.tokens = tokens;
        this.maxTokens = maxTokens;
    }

    /// Encodes what can be trained on. Of each image file the header is read, no more.
    ///
    /// @throws ProblemException if nothing is left to train on, or the work was cancelled
    public EncodedExamples encode(List<Example> examples, Progress progress)
            throws ProblemException {
        var report = new ExampleReport.Builder();
        var images = new HashMap<Path, ImageState>();
        var usable = new ArrayList<EncodedExample>();
        for (int i = 0; i < examples.size(); i++) {
            if (i % PROGRESS_EVERY == 0) {
                progress.throwIfCancelled("Reading the examples was cancelled");
                double done = i / (double) examples.size();
                progress.update(new ProgressUpdate("Reading the examples", done));
            }
            var example = examples.get(i);
            String place = "example " + (i + 1) + " (" + example.image().getFileName() + ")";
            if (hasImage(example, place, images, report)) {
                encode(example, place, report).ifPresent(usable::add);
            }
        }
        ExampleReport result = report.build(examples.size(), usable.size());
        if (usable.isEmpty()) {
            throw nothingLeft(result);
        }
        return new EncodedExamples(usable, result);
    }

    /// The tokens of one example whose prompt leaves room for an answer; its image is not looked at.
    ///
    /// @throws IllegalArgumentException if the prompt alone has too many tokens
    public EncodedExample encode(Example example) {
        int[] prefix = tokens.ofPrompt(example.prefix());
        if (prefix.length >= maxTokens) {
            throw new IllegalArgumentException(
                    "Prompt of " + prefix.length + " tokens, at most " + (maxTokens - 1));
        }
        return join(example, prefix, tokens.ofAnswer(example.suffix()));
    }

    /// A cut answer loses its `<eos>` as well.
    private EncodedExample join(Example example, int[] prefix, int[] suffix) {
        int room = Math.min(suffix.length, maxTokens - prefix.length);
        return new EncodedExample(example, prefix, Arrays.copyOf(suffix, room));
    }

    private Optional<EncodedExample> encode(
            Example example, String place, ExampleReport.Builder report) {
        int[] prefix = tokens.ofPrompt(example.prefix());
        if (prefix.length >= maxTokens) {
            report.add(Kind.PROMPT_TOO_LONG, place + ", " + prefix.length + " tokens");
            return Optional.empty();
        }
        int[] suffix = tokens.ofAnswer(example.suffix());
        int length = prefix.length + suffix.length;
        if (length > maxTokens) {
            report.add(Kind.ANSWER_CUT, place + ", " + length + " tokens");
        }
        if (example.suffix().isEmpty()) {
            report.add(Kind.EMPTY_ANSWER, place);
        }
        if (example.prefix().contains(PromptTokens.IMAGE_MARK)) {
            report.add(Kind.IMAGE_MARK, place);
        }
        if (SPECIAL.stream().anyMatch(example.suffix()::contains)) {
            report.add(Kind.SPECIAL_TOKEN, place);
        }
        return Optional.of(join(example, prefix, suffix));
    }

    private static boolean hasImage(
            Example example,
            String place,
            Map<Path, ImageState> images,
            ExampleReport.Builder report) {
        ImageState image = images.computeIfAbsent(example.image(), ImageState::of);
        switch (image.fault()) {
            case NONE -> {}
            case MISSING -> report.add(Kind.MISSING_IMAGE, place);
            case UNREADABLE -> report.add(Kind.UNREADABLE_IMAGE, place + ", " + image.reason());
        }
        return image.fault() == Fault.NONE;
    }

    private ProblemException nothingLeft(ExampleReport report) {
        if (report.given() == 0) {
            return new ProblemException(
                    "There are no examples to train on", "", "Accept or draw annotations first");
        }
        return new ProblemException(
                "None of the " + report.given() + " examples can be trained on",
                String.join("; ", report.sentences()) + " (at most " + maxTokens + " tokens)",
                "Check where the images are, and the prompts");
    }

    private enum Fault {
        NONE,
        MISSING,
        UNREADABLE
    }

    /// What the header of an image file says; many examples may share an image.
    private record ImageState(Fault fault, String reason) {
        static ImageState of(Path file) {
            if (!Files.isRegularFile(file)) {
                return new ImageState(Fault.MISSING, "");
            }
            try {
                ImageFiles.readSize(file);
                return new ImageState(Fault.NONE, "");
            } catch (ProblemException e) {
                return new ImageState(Fault.UNREADABLE, e.problem().detail());
            }
        }
    }
}
