package org.palimpsest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.benchmark.JavaScriptProgram;
import org.palimpsest.benchmark.MachineLimits;
import org.palimpsest.benchmark.ModelBenchmark;
import org.palimpsest.benchmark.ModelCost;
import org.palimpsest.benchmark.ProjectBenchmark;
import org.palimpsest.benchmark.SyntheticModel;
import org.palimpsest.benchmark.TimedAnswer;
import org.palimpsest.benchmark.TimedRun;
import org.palimpsest.diagnosis.Machine;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.paligemma.DtypeChoice;
import org.palimpsest.paligemma.ModelInfo;
import org.palimpsest.paligemma.OpenOptions;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures how fast a model answers here, against what this machine could do at best and against transformers.js.
@Command(
        name = "benchmark",
        description = {
            "Measure how fast a model answers here.",
            "Times are in milliseconds, the best of the repetitions; decode is one further token."
        },
        mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--onnx",
            paramLabel = "DIR",
            description = "The model, an ONNX folder; the same as --model.")
    private @Nullable Path onnx;

    @Mixin private SyntheticArguments synthetic;

    @Option(
            names = "--as",
            paramLabel = "FORM",
            defaultValue = "SAFETENSORS",
            description =
                    "With --synthetic: safetensors, onnx, or onnx_q4 with a decoder in 4 bits (default:"
                            + " safetensors).")
    private SyntheticModel.Form form;

    @Option(
            names = "--prompt",
            paramLabel = "PROMPT",
            defaultValue = "detect cat",
            description = "What to ask (default: ${DEFAULT-VALUE}).")
    private String prompt;

    @Option(
            names = "--new-tokens",
            paramLabel = "N",
            defaultValue = "8",
            description = "How long the answers are (default: ${DEFAULT-VALUE}).")
    private int newTokens;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many answers are timed (default: ${DEFAULT-VALUE}).")
    private int repeat;

    @Option(
            names = "--javascript",
            description = "Run transformers.js on the same ONNX folder in turn and print ratios.")
    private boolean javaScript;

    @Option(
            names = "--project",
            paramLabel = "N",
            description =
                    "Measure a project of N images with 10 annotations each instead of a model.")
    private @Nullable Integer projectImages;

    @Option(names = "--json", description = "Print one JSON object, of a model.")
    private boolean asJson;

    @Mixin private ModelOptions modelOptions;

    BenchmarkCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        if (repeat < 1 || newTokens < 2) {
            throw new ProblemException(
                    "--repeat must be at least 1 and --new-tokens at least 2", "", "");
        }
        var progress = new ConsoleProgress(context.error());
        try (var temporary = TemporaryFolder.make("benchmark");
                var _ = new Interruption(progress::cancel)) {
            if (projectImages != null) {
                measureProject(projectImages, temporary.path(), progress);
                return ExitCode.SUCCESS;
            }
            Path folder = model(temporary.path(), progress);
            var report = new BenchmarkReport(context.output(), asJson);
            measure(folder, temporary.path(), report, progress);
            progress.close();
            report.print();
        } finally {
            progress.close();
        }
        return ExitCode.SUCCESS;
    }

    private void measureProject(int images, Path temporary, ConsoleProgress progress)
            throws ProblemException {
        if (images < 1) {
            throw new ProblemException("--project must be at least 1", "", "");
        }
        var report = ProjectBenchmark.run(temporary, images, progress);
        progress.close();
        new ProjectBenchmarkReport(context.output()).print(report);
    }

    private Path model(Path temporary, ConsoleProgress progress) throws ProblemException {
        return synthetic.isWanted()
                ? synthetic.write(form, temporary, progress)
                : onnx == null ? modelOptions.folder(context) : onnx;
    }

    private void measure(
            Path folder, Path temporary, BenchmarkReport report, ConsoleProgress progress)
            throws ProblemException {
        OpenOptions options = modelOptions.openOptions();
        if (synthetic.isWanted() && form == SyntheticModel.Form.ONNX_Q4) {
            options =
                    options.withDtype(
                            DtypeChoice.parse(
                                    "embed_tokens=fp32,vision_encoder=fp32,decoder_model_merged=q4"));
        }
        int threads = modelOptions.threadsOr(Runtime.getRuntime().availableProcessors());
        // Measured before and after, because other work on the machine only ever slows things down.
        progress.message("Measuring the machine");
        MachineLimits before = measureMachine(threads);
        if (javaScript) {
            // The second program finds the files in the system's cache, so the first one shall,
            // too.
            modelOptions.open(folder, options, progress).close();
        }
        Machine.forgetPeakMemory();
        try (OpenModel open = modelOptions.open(folder, options, progress)) {
            ModelInfo info = open.model().info();
            report.model(info);
            int size = info.config().vision().imageSize();
            Picture picture = BenchmarkPicture.draw(size);
            var benchmark = new ModelBenchmark(open.model(), picture, prompt, newTokens);
            if (javaScript) {
                Path image = temporary.resolve("benchmark.png");
                ImageFiles.writePng(picture, image);
                try (var program = startJavaScript(info, image, progress)) {
                    compare(benchmark, program, info, report, progress);
                }
            } else {
                report.run(run("Palimpsest", info, benchmark.answers(repeat, progress)));
            }
            report.again(again(benchmark, progress));
            progress.message("Measuring the machine again");
            report.limits(
                    MachineLimits.measure(open.runtime(), threads).best(before),
                    threads,
                    ModelCost.of(info.config(), promptTokens(open)),
                    decodeBytes(info));
        }
        if (javaScript && options.editGraphs()) {
            measureUnedited(folder, temporary, options, report, progress);
        }
    }

    private TimedRun again(ModelBenchmark benchmark, ConsoleProgress progress)
            throws ProblemException {
        var answers = new ArrayList<TimedAnswer>();
        for (int i = 0; i < repeat; i++) {
            progress.message("The same image again, " + (i + 1) + " of " + repeat);
            answers.add(benchmark.answerAgain(progress));
        }
        return new TimedRun("same image again", 0, 0, answers);
    }

    /// Both programs on the graph as it was published: what the engine is worth without our edits.
    private void measureUnedited(
            Path folder,
            Path temporary,
            OpenOptions options,
            BenchmarkReport report,
            ConsoleProgress progress)
            throws ProblemException {
        try (OpenModel open = modelOptions.open(folder, options.withEditGraphs(false), progress)) {
            ModelInfo info = open.model().info();
            var picture = BenchmarkPicture.draw(info.config().vision().imageSize());
            var benchmark = new ModelBenchmark(open.model(), picture, prompt, newTokens);
            Path image = temporary.resolve("benchmark.png");
            try (var program = startJavaScript(info, image, progress)) {
                report.unedited();
                compare(benchmark, program, info, report, progress);
            }
        }
    }

    /// One answer of each program in turn, so that other work on the machine meets both alike.
    private void compare(
            ModelBenchmark benchmark,
            JavaScriptProgram program,
            ModelInfo info,
            BenchmarkReport report,
            ConsoleProgress progress)
            throws ProblemException {
        benchmark.answer(progress);
        var ours = new ArrayList<TimedAnswer>();
        var theirs = new ArrayList<TimedAnswer>();
        for (int i = 0; i < repeat; i++) {
            progress.message("Answer " + (i + 1) + " of " + repeat + " of both programs");
            ours.add(benchmark.answer(progress));
            theirs.add(program.answer());
        }
        report.run(run("Palimpsest", info, ours));
        report.run(new TimedRun("transformers.js", program.load(), program.peakMemory(), theirs));
    }

    private static TimedRun run(String program, ModelInfo info, List<TimedAnswer> answers) {
        return new TimedRun(
                program, info.loadMilliseconds(), Machine.peakMemoryBytes().orElse(0), answers);
    }

    private JavaScriptProgram startJavaScript(ModelInfo info, Path image, ConsoleProgress progress)
            throws ProblemException {
        if (info.layout() != CheckpointLayout.ONNX) {
            throw new ProblemException(
                    "transformers.js runs ONNX folders only",
                    info.folder().toString(),
                    "Convert the model first: palimpsest model convert --to onnx");
        }
        int threads = info.device() instanceof Device.Cpu(int count) ? count : 0;
        return JavaScriptProgram.start(
                context.installation().home().resolve("src/benchmark/js"),
                new JavaScriptProgram.Settings(
                        info.folder(),
                        image,
                        prompt,
                        JavaScriptProgram.dtypes(info.dtype()),
                        threads,
                        newTokens),
                progress);
    }

    private int promptTokens(OpenModel open) {
        // The start token and the line break stand around the prompt.
        int text = open.model().tokenizer().encode(prompt + "\n").length + 1;
        return open.model().config().numImageTokens() + text;
    }

    private static MachineLimits measureMachine(int threads) throws ProblemException {
        try (OnnxRuntime runtime = OnnxRuntime.start()) {
            return MachineLimits.measure(runtime, threads);
        }
    }

    /// What one further token reads: the decoder's files, or the weights in the type in which they are computed.
    private static long decodeBytes(ModelInfo info) throws ProblemException {
        if (info.layout() != CheckpointLayout.ONNX) {
            int bytes = info.computeType().equals("float32") ? 4 : 2;
            return bytes * ModelCost.of(info.config(), 1).decodeParameters();
        }
        long bytes = 0;
        for (Path file : info.files()) {
            if (String.valueOf(file.getFileName()).startsWith("decoder")) {
                try {
                    bytes += Files.size(file);
                } catch (IOException e) {
                    throw new ProblemException(
                            new Problem("A file of the model cannot be read", file + ": " + e, ""),
                            e);
                }
            }
        }
        return bytes;
    }
}
