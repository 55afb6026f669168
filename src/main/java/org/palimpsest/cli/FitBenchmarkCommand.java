package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.palimpsest.batch.fit.Fitting;
import org.palimpsest.benchmark.fit.FitExperiment;
import org.palimpsest.diagnosis.Machine;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures what fine-tuning teaches, from how many images, and what it costs.
@Command(
        name = "fit",
        description = {
            "Teach a model from 25, 50, 100 and 200 corrected scenes what it has never seen, and print what it knows before"
                    + " and after.",
            "FOLDER holds 'train', 'test' and 'old', drawn by src/demo-model/scenes.py, the first two with --new-shape and"
                    + " --new-color; and 'known', drawn without, where old scenes are to be rehearsed."
        },
        mixinStandardHelpOptions = true)
final class FitBenchmarkCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "FOLDER", description = "The scenes.")
    private Path folder;

    @Option(
            names = "--counts",
            paramLabel = "N",
            split = ",",
            description =
                    "How many scenes are taught, one experiment each (default: 25,50,100,200).")
    private List<Integer> counts = FitExperiment.COUNTS;

    @Mixin private FitArguments arguments;
    @Mixin private ModelOptions modelOptions;

    FitBenchmarkCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        var settings = arguments.settings();
        return LongWork.run(
                context,
                progress -> {
                    var experiment = FitExperiment.read(folder);
                    var options = modelOptions.openOptions().withAdaptable(true);
                    try (var temporary = TemporaryFolder.make("benchmark");
                            OpenModel open =
                                    modelOptions.open(
                                            modelOptions.folder(context), options, progress)) {
                        var subject =
                                new FitExperiment.Subject(
                                        open.model(),
                                        open.model()::useAdapter,
                                        other ->
                                                PaliGemma.open(
                                                        other,
                                                        open.runtime(),
                                                        open.selection().device(),
                                                        options,
                                                        progress),
                                        modelOptions.folder(context),
                                        temporary.path(),
                                        new ProcessMemory());
                        Fitting.Training training =
                                (run, validation, listener, watched) ->
                                        Trainer.fit(
                                                run,
                                                open.runtime(),
                                                open.selection().device(),
                                                validation,
                                                listener,
                                                watched);
                        var report = experiment.run(subject, counts, settings, training, progress);
                        progress.close();
                        new FitBenchmarkReport(context.output()).print(report);
                    }
                    return ExitCode.SUCCESS;
                });
    }

    private static final class ProcessMemory implements FitExperiment.PeakMemory {
        @Override
        public void forget() {
            Machine.forgetPeakMemory();
        }

        @Override
        public OptionalLong bytes() {
            return Machine.peakMemoryBytes();
        }
    }
}
