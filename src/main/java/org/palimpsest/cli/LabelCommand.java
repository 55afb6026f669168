package org.palimpsest.cli;

import org.palimpsest.format.jsonl.JsonlExample;
import org.palimpsest.format.jsonl.JsonlFlavor;
import org.palimpsest.format.jsonl.PaliGemmaJsonlWriter;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.Question;
import org.palimpsest.paligemma.generation.FinishReason;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// Labels a folder of images and writes the answers as training examples.
@Command(
        name = "label",
        description = {
            "Label a folder of images and write PaliGemma JSONL.",
            "Images that fail are listed, the others are written all the same. Ctrl+C keeps what there is"
                    + " in FILE.partial."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:  palimpsest label photos --prompt 'detect cat' --out photos.jsonl"})
final class LabelCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "FOLDER", description = "The folder of images.")
    private Path folder;

    @Option(
            names = "--prompt",
            required = true,
            paramLabel = "PROMPT",
            description = "What to ask about every image. May be given several times.")
    private List<String> prompts;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file to write; it appears whole or not at all.")
    private Path out;

    @Option(
            names = "--flavor",
            paramLabel = "NAME",
            defaultValue = "big_vision",
            description =
                    "Who reads the file: big_vision, huggingface, keras, roboflow, maestro (default:"
                            + " ${DEFAULT-VALUE}).")
    private String flavor;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many questions are answered together (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Mixin private ModelOptions modelOptions;
    @Mixin private GenerationArguments generation;

    LabelCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        GenerationOptions options = generation.toOptions();
        JsonlFlavor chosen = checkedFlavor();
        checkPrompts(chosen);
        List<Path> files = ImageFiles.list(folder);
        if (files.isEmpty()) {
            throw new ProblemException(
                    "There is no image in the folder", folder.toString(), "Name another folder");
        }
        var progress = new ConsoleProgress(context.error());
        try (var _ = new Interruption(progress::cancel);
                OpenModel open = modelOptions.open(context, progress)) {
            var run = new Run(open, options, progress, files.size() * prompts.size());
            run.ask(files);
            progress.close();
            return finish(run, chosen, progress.isCancelled());
        } finally {
            progress.close();
        }
    }

    private int finish(Run run, JsonlFlavor chosen, boolean cancelled) throws ProblemException {
        Path file = cancelled ? out.resolveSibling(out.getFileName() + ".partial") : out;
        var report = PaliGemmaJsonlWriter.writeExamples(run.examples, file, chosen);
        report.findings().forEach(context.error()::println);
        run.failures.forEach(context.error()::println);
        context.error()
                .printf(
                        Locale.ROOT,
                        "%s%d examples are in %s%s%s.%n",
                        cancelled ? "Cancelled: " : "",
                        report.examples(),
                        file,
                        run.failures.isEmpty() ? "" : ", " + run.failures.size() + " failed",
                        run.cutOff == 0
                                ? ""
                                : ", "
                                        + run.cutOff
                                        + " were cut off (--max-tokens allows longer ones)");
        if (cancelled) {
            return ExitCode.CANCELLED;
        }
        return run.failures.isEmpty() ? ExitCode.SUCCESS : ExitCode.PROBLEM;
    }

    private JsonlFlavor checkedFlavor() throws ProblemException {
        var found = JsonlFlavor.ofOptionName(flavor);
        if (found.isEmpty()) {
            throw new ProblemException(
                    "There is no flavor called '" + flavor + "'",
                    "",
                    "Choose big_vision, huggingface, keras, roboflow or maestro");
        }
        return found.get();
    }

    /// What would make the finished file unreadable is refused before the work begins.
    private void checkPrompts(JsonlFlavor chosen) throws ProblemException {
        if (batch < 1) {
            throw new ProblemException("--batch must be at least 1", Integer.toString(batch), "");
        }
        if (!Files.isDirectory(folder)) {
            throw new ProblemException(
                    "There is no such folder", folder.toString(), "Name a folder of images");
        }
        Path parent = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || parent == null || !Files.isDirectory(parent)) {
            throw new ProblemException(
                    "The answers cannot be written there",
                    out.toString(),
                    "Name a file in a folder that exists");
        }
        for (String prompt : prompts) {
            if (prompt.isBlank()
                    || prompt.contains("<image>")
                    || prompt.matches("(?s).*[\\r\\n].*")) {
                throw new ProblemException(
                        "This prompt cannot be written to a training file",
                        "'" + prompt + "'",
                        "Write it without line breaks and without <image>");
            }
            if (!chosen.takes(Task.parse(prompt))) {
                throw new ProblemException(
                        "Readers of this flavor have no use for the prompt",
                        flavor + ": '" + prompt + "'",
                        "Ask to detect something, or choose another flavor");
            }
        }
    }

    /// A question with the place of its image in the file.
    private record FileQuestion(String path, Question question) {}

    /// One run over the folder.
    private final class Run {
        private final OpenModel open;
        private final GenerationOptions options;
        private final ConsoleProgress progress;
        private final int total;
        private final long start = System.nanoTime();
        private final List<JsonlExample> examples = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private int asked;
        private int cutOff;

        Run(OpenModel open, GenerationOptions options, ConsoleProgress progress, int total) {
            this.open = open;
            this.options = options;
            this.progress = progress;
            this.total = total;
        }

        void ask(List<Path> files) {
            var waiting = new ArrayList<FileQuestion>();
            for (Path file : files) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                Picture picture;
                try {
                    picture = ImageFiles.read(file);
                } catch (ProblemException e) {
                    fail(path, e);
                    asked += prompts.size();
                    continue;
                }
                for (String prompt : prompts) {
                    waiting.add(new FileQuestion(path, new Question(picture, path, prompt)));
                    if (waiting.size() == batch) {
                        ask(waiting, true);
                        waiting.clear();
                    }
                    if (progress.isCancelled()) {
                        return;
                    }
                }
            }
            if (!waiting.isEmpty()) {
                ask(waiting, true);
            }
        }

        private void ask(List<FileQuestion> waiting, boolean splitOnFailure) {
            try {
                var questions = waiting.stream().map(FileQuestion::question).toList();
                List<Answer> answers = open.model().answerBatch(questions, options, progress);
                for (int i = 0; i < answers.size(); i++) {
                    keep(waiting.get(i).path(), answers.get(i));
                }
                asked += waiting.size();
                report();
            } catch (ProblemException e) {
                // A batch may be too much where each question alone is not.
                if (splitOnFailure && waiting.size() > 1) {
                    waiting.forEach(question -> ask(List.of(question), false));
                } else {
                    fail(waiting.getFirst().path(), e);
                    asked += waiting.size();
                }
            }
        }

        private void keep(String path, Answer answer) {
            if (answer.generation().finishReason() == FinishReason.CANCELLED) {
                return;
            }
            if (answer.output() instanceof ParsedOutput.Malformed malformed) {
                failures.add(
                        path
                                + ": the answer to '"
                                + answer.prompt()
                                + "' does not keep to its form: "
                                + malformed.reason());
                return;
            }
            if (answer.generation().finishReason() == FinishReason.LENGTH) {
                cutOff++;
            }
            examples.add(
                    new JsonlExample(
                            path, answer.prompt().strip(), answer.generation().text().strip()));
        }

        private void fail(String path, ProblemException e) {
            failures.add(path + ": " + e.problem().oneLine());
        }

        private void report() {
            double seconds = (System.nanoTime() - start) / 1e9;
            double rate = asked / seconds;
            progress.update(
                    new ProgressUpdate(
                            String.format(
                                    Locale.ROOT,
                                    "%d of %d, %.1f a second, %s left%s",
                                    asked,
                                    total,
                                    rate,
                                    duration((total - asked) / rate),
                                    failures.isEmpty() ? "" : ", " + failures.size() + " failed"),
                            (double) asked / total));
        }
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
}
