package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.modelstore.OnnxConversion;
import org.palimpsest.paligemma.weights.HuggingFaceExport;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes a model in another layout.
@Command(
        name = "convert",
        description = "Write a model in another layout.",
        mixinStandardHelpOptions = true)
final class ModelConvertCommand implements Callable<Integer> {
    private final CommandContext context;

    /// The layouts that can be written.
    enum Target {
        ONNX,
        HUGGINGFACE
    }

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "The model's folder; the same as --model.")
    private @Nullable Path folder;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The model to convert (default: the one that comes with the program).")
    private @Nullable Path model;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "LAYOUT",
            description = "onnx (as transformers.js reads it) or huggingface (safetensors).")
    private Target target;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write; it must not exist yet or be empty.")
    private Path out;

    ModelConvertCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        Path source = context.installation().modelFolder(folder == null ? model : folder);
        var progress = new ConsoleProgress(context.error());
        try (var _ = new Interruption(progress::cancel)) {
            switch (target) {
                case ONNX -> OnnxConversion.convert(source, out, progress);
                case HUGGINGFACE -> HuggingFaceExport.write(source, out, progress);
            }
        } finally {
            progress.close();
        }
        context.error().println("Written: " + out.toAbsolutePath().normalize());
        return ExitCode.SUCCESS;
    }
}
