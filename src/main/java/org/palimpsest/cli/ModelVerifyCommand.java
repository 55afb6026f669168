package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.paligemma.ModelInfo;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.weights.CheckpointVerifier;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads every value of a model and opens it.
@Command(
        name = "verify",
        description = {
            "Check a model: every name, shape, type and value of its weights, its tokenizer, and that it"
                    + " opens."
        },
        mixinStandardHelpOptions = true)
final class ModelVerifyCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "The model's folder; the same as --model.")
    private @Nullable Path folder;

    @Option(names = "--hashes", description = "Print the SHA-256 of every tensor.")
    private boolean hashes;

    @Mixin private ModelOptions modelOptions;

    ModelVerifyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        var progress = new ConsoleProgress(context.error());
        try (var _ = new Interruption(progress::cancel);
                OpenModel open = modelOptions.openAt(folder, context, progress)) {
            ModelInfo info = open.model().info();
            boolean sound =
                    info.layout() == CheckpointLayout.ONNX || isSound(info.folder(), progress);
            progress.close();
            if (!sound) {
                return ExitCode.PROBLEM;
            }
            context.output()
                    .printf(
                            "%s is sound: it opens%s, and its tokenizer fits.%n",
                            info.name(),
                            info.layout() == CheckpointLayout.ONNX
                                    ? ""
                                    : ", all of its values are finite");
        } finally {
            progress.close();
        }
        context.output().flush();
        return ExitCode.SUCCESS;
    }

    private boolean isSound(Path model, ConsoleProgress progress) throws ProblemException {
        var report = CheckpointVerifier.verify(model, hashes, progress);
        progress.close();
        List<CheckpointVerifier.TensorReport> tensors = report.tensors();
        if (hashes) {
            for (var tensor : tensors) {
                context.output()
                        .println(tensor.sha256().orElse("") + "  " + tensor.tensor().info().name());
            }
        }
        long unused = tensors.stream().filter(tensor -> !tensor.used()).count();
        context.output()
                .printf(
                        Locale.ROOT,
                        "%d tensors, %.1f MB, %d parameters%s%n",
                        tensors.size(),
                        report.byteSize() / 1e6,
                        report.parameterCount(),
                        unused == 0 ? "" : ", " + unused + " tensors that the model does not use");
        for (var tensor : tensors) {
            if (tensor.used() && tensor.notFinite() > 0) {
                context.error()
                        .println(
                                "palimpsest: "
                                        + tensor.tensor().info().name()
                                        + " in "
                                        + tensor.tensor().file()
                                        + " has "
                                        + tensor.notFinite()
                                        + " values that are no numbers. Download the file again");
            }
        }
        return report.isSound();
    }
}
