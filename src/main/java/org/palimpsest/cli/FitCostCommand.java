package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.palimpsest.benchmark.SyntheticModel;
import org.palimpsest.benchmark.fit.FitCost;
import org.palimpsest.benchmark.fit.TrainedChoice;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.OnnxRuntime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures what a step of fine-tuning costs.
@Command(
        name = "fit-cost",
        description = {
            "Take the time and the memory of a step of fine-tuning, as what is trained, the text and the batch grow one at"
                    + " a time.",
            "Batches are made up. Nothing is written."
        },
        mixinStandardHelpOptions = true)
final class FitCostCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--trained",
            paramLabel = "WHAT",
            split = ",",
            description =
                    "What is trained: ${COMPLETION-CANDIDATES} (default: each of them in turn).")
    private List<TrainedChoice> trained = List.of(TrainedChoice.values());

    @Option(
            names = "--text-tokens",
            paramLabel = "N",
            split = ",",
            description = "Text tokens of an example (default: 32,128,256).")
    private List<Integer> text = List.of(32, 128, 256);

    @Option(
            names = "--micro-batch",
            paramLabel = "N",
            split = ",",
            description = "Examples that go through the model together (default: 1,4,8).")
    private List<Integer> examples = List.of(1, 4, 8);

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "How many steps are timed, after two that warm up (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Mixin private SyntheticArguments synthetic;
    @Mixin private ModelOptions modelOptions;

    FitCostCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        if (steps < 1
                || examples.stream().anyMatch(each -> each < 1)
                || text.stream().anyMatch(each -> each < 2)) {
            throw new ProblemException(
                    "--steps and --micro-batch must be at least 1, --text-tokens at least 2",
                    "",
                    "");
        }
        return LongWork.run(
                context,
                progress -> {
                    try (var temporary = TemporaryFolder.make("benchmark");
                            OnnxRuntime runtime = OnnxRuntime.start()) {
                        Path model =
                                synthetic.isWanted()
                                        ? synthetic.write(
                                                SyntheticModel.Form.SAFETENSORS,
                                                temporary.path(),
                                                progress)
                                        : modelOptions.folder(context);
                        var device = modelOptions.select(runtime).device();
                        var cost = new FitCost(model, runtime, device, temporary.path());
                        var report = new FitCostReport(context.output());
                        var cases = FitCost.oneAtATime(trained, text, examples);
                        if (!synthetic.isWanted()) {
                            // What the first takes for classes and libraries is no cost of a step.
                            cost.measure(cases.getFirst(), 1, progress);
                        }
                        for (var each : cases) {
                            progress.message("Measuring " + each.trained().words());
                            report.print(cost.measure(each, steps, progress));
                        }
                    }
                    return ExitCode.SUCCESS;
                });
    }
}
