package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.paligemma.adapter.AdapterMerge;
import org.palimpsest.paligemma.adapter.PeftFolder;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes a model with an adapter merged into its weights.
@Command(
        name = "merge",
        description =
                "Write a model with an adapter merged into its weights, as a Hugging Face folder that every"
                        + " program can open without the adapter.",
        mixinStandardHelpOptions = true)
final class ModelMergeCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "The model that the adapter was trained on: a Hugging Face folder or a Keras preset"
                            + " (default: the one that comes with the program).")
    private @Nullable Path model;

    @Option(
            names = "--adapter",
            required = true,
            paramLabel = "DIR",
            description = "The adapter: a PEFT folder, with adapter_config.json.")
    private Path adapter;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write; it must not exist yet or be empty.")
    private Path out;

    ModelMergeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        Path base = context.installation().modelFolder(model);
        var read = PeftFolder.read(adapter, ConfigReader.read(base));
        var progress = new ConsoleProgress(context.error());
        try (var _ = new Interruption(progress::cancel)) {
            AdapterMerge.write(base, read, out, progress);
        } finally {
            progress.close();
        }
        context.error().println("Written: " + out.toAbsolutePath().normalize());
        return ExitCode.SUCCESS;
    }
}
