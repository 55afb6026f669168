package org.palimpsest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.AnswerTrace;
import org.palimpsest.paligemma.FoundObject;
import org.palimpsest.paligemma.Question;
import org.palimpsest.paligemma.generation.FinishReason;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.TokenListener;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Asks the model about images and prints its answers.
@Command(
        name = "predict",
        description = "Ask the model about images and print its answers.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:  palimpsest predict cat.jpg --prompt 'detect cat ; dog' --json"})
final class PredictCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "Image files or folders.")
    private List<Path> images;

    @Option(
            names = "--prompt",
            required = true,
            paramLabel = "PROMPT",
            description =
                    "What to ask, such as 'detect cat ; dog', 'segment cat', 'caption en', 'ocr'. May"
                            + " be given several times.")
    private List<String> prompts;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many questions are answered together (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--overlay",
            paramLabel = "DIR",
            description = "Write a PNG with boxes and masks for each answer with objects.")
    private @Nullable Path overlay;

    @Option(names = "--json", description = "Print one JSON object per image and prompt.")
    private boolean asJson;

    @Option(
            names = "--trace",
            paramLabel = "DIR",
            description = "Write what happens inside the model as NumPy files.")
    private @Nullable Path trace;

    @Mixin private ModelOptions modelOptions;
    @Mixin private GenerationArguments generation;

    private int failures;

    PredictCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        GenerationOptions options = generation.toOptions();
        if (batch < 1) {
            throw new ProblemException("--batch must be at least 1", Integer.toString(batch), "");
        }
        List<Path> files = imageFiles();
        failures = 0;
        var progress = new ConsoleProgress(context.error());
        try (var _ = new Interruption(progress::cancel);
                OpenModel open = modelOptions.open(context, progress)) {
            new Asking(open, options, progress, files.size() * prompts.size()).askAll(files);
        } finally {
            progress.close();
        }
        if (progress.isCancelled()) {
            return ExitCode.CANCELLED;
        }
        return failures == 0 ? ExitCode.SUCCESS : ExitCode.PROBLEM;
    }

    private List<Path> imageFiles() throws ProblemException {
        var files = new ArrayList<Path>();
        for (Path image : images) {
            if (Files.isDirectory(image)) {
                files.addAll(ImageFiles.list(image));
            } else {
                files.add(image);
            }
        }
        if (files.isEmpty()) {
            throw new ProblemException(
                    "There is no image in the folder", images.toString(), "Name image files");
        }
        return files;
    }

    /// A question with the file that its image came from.
    private record FileQuestion(Path file, Question question) {}

    /// One run over all images with an open model.
    private final class Asking {
        private final OpenModel open;
        private final GenerationOptions options;
        private final ConsoleProgress progress;
        private final AnswerJson json;
        private final int total;
        private int asked;

        Asking(OpenModel open, GenerationOptions options, ConsoleProgress progress, int total) {
            this.open = open;
            this.options = options;
            this.progress = progress;
            this.json = new AnswerJson(open.model().info());
            this.total = total;
        }

        void askAll(List<Path> files) throws ProblemException {
            var waiting = new ArrayList<FileQuestion>();
            for (Path file : files) {
                Picture picture;
                try {
                    picture = ImageFiles.read(file);
                } catch (ProblemException e) {
                    // With one image there is nothing else to do; with several the others go on.
                    if (files.size() == 1) {
                        throw e;
                    }
                    progress.line("palimpsest: " + e.problem().oneLine());
                    failures++;
                    continue;
                }
                for (String prompt : prompts) {
                    var question = new Question(picture, file.toAbsolutePath().toString(), prompt);
                    waiting.add(new FileQuestion(file, question));
                    if (waiting.size() == batch) {
                        ask(waiting);
                    }
                    if (progress.isCancelled()) {
                        return;
                    }
                }
            }
            if (!waiting.isEmpty()) {
                ask(waiting);
            }
        }

        private void ask(List<FileQuestion> waiting) throws ProblemException {
            progress.update(new ProgressUpdate("Answering", (double) asked / total));
            var questions = waiting.stream().map(FileQuestion::question).toList();
            List<Answer> answers =
                    trace == null
                            ? open.model().answerBatch(questions, options, progress)
                            : traced(questions, trace);
            progress.close();
            for (int i = 0; i < answers.size(); i++) {
                asked++;
                report(waiting.get(i), answers.get(i));
            }
            waiting.clear();
        }

        // Each question alone, because a trace shows one answer.
        private List<Answer> traced(List<Question> questions, Path folder) throws ProblemException {
            var answers = new ArrayList<Answer>();
            for (Question question : questions) {
                var answerTrace = new AnswerTrace();
                answers.add(
                        open.model()
                                .answer(
                                        question,
                                        options,
                                        TokenListener.NONE,
                                        Optional.of(answerTrace),
                                        progress));
                // One answer lies in the folder itself, several in numbered folders.
                int number = asked + answers.size();
                answerTrace.write(
                        total == 1
                                ? folder
                                : folder.resolve(String.format(Locale.ROOT, "%04d", number)));
            }
            return answers;
        }

        private void report(FileQuestion question, Answer answer) throws ProblemException {
            if (asJson) {
                context.output().println(json.line(question.file(), answer));
            } else {
                print(question.file(), answer);
            }
            context.output().flush();
            if (overlay != null && !answer.objects().isEmpty()) {
                writeOverlay(overlay, question, answer);
            }
        }

        private void writeOverlay(Path folder, FileQuestion question, Answer answer)
                throws ProblemException {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new ProblemException(
                        new Problem(
                                "The folder for overlays cannot be made",
                                folder + ": " + e,
                                "Choose another folder"),
                        e);
            }
            Path file = folder.resolve(overlayName(question.file(), answer.prompt()));
            ImageFiles.writePng(
                    Overlays.paint(question.question().image(), answer.objects()), file);
        }

        private String overlayName(Path image, String prompt) {
            String name = String.valueOf(image.getFileName());
            int dot = name.lastIndexOf('.');
            String stem = dot > 0 ? name.substring(0, dot) : name;
            if (prompts.size() == 1) {
                return stem + ".png";
            }
            String words = prompt.replaceAll("[^\\p{L}\\p{N}]+", "-");
            return stem + "-" + words.substring(0, Math.min(words.length(), 60)) + ".png";
        }
    }

    private void print(Path image, Answer answer) {
        var output = context.output();
        if (images.size() > 1 || prompts.size() > 1 || Files.isDirectory(images.getFirst())) {
            output.println(image + ": " + answer.prompt());
        }
        if (answer.objects().isEmpty() || answer.output() instanceof ParsedOutput.Malformed) {
            output.println(answer.generation().text());
        }
        for (FoundObject object : answer.objects()) {
            output.printf(
                    Locale.ROOT,
                    "%-20s score %.2f  box %.1f %.1f %.1f %.1f%s%n",
                    object.label(),
                    object.score(),
                    object.box().xMin(),
                    object.box().yMin(),
                    object.box().xMax(),
                    object.box().yMax(),
                    object.mask()
                            .map(mask -> "  mask of " + mask.pixelCount() + " pixels")
                            .orElse(""));
        }
        if (answer.output() instanceof ParsedOutput.Malformed malformed) {
            context.error()
                    .println(
                            "The answer does not keep to the form of its task: "
                                    + malformed.reason()
                                    + " (at character "
                                    + malformed.position()
                                    + ")");
        }
        if (answer.generation().finishReason() == FinishReason.LENGTH) {
            context.error().println("The answer was cut off; --max-tokens allows longer ones.");
        }
    }
}
