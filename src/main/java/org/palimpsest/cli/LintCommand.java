package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palimpsest.format.lint.LintOptions;
import org.palimpsest.format.lint.LintReport;
import org.palimpsest.format.lint.LintTarget;
import org.palimpsest.format.lint.Linter;
import org.palimpsest.paligemma.token.Tokenizers;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Checks PaliGemma training files.
@Command(
        name = "lint",
        description = {
            "Check PaliGemma training files, whoever wrote them, against what a trainer does with them:",
            "what stops it, what it loses and what it learns wrongly."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:  palimpsest lint train --target bigvision-refcoco --model DIR"})
final class LintCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            paramLabel = "DATASET",
            description = "A .jsonl file, or the folder of a data set in any trainer's layout.")
    private Path dataset;

    @Option(
            names = "--target",
            paramLabel = "TRAINER",
            defaultValue = "bigvision",
            description = "The trainer (default: ${DEFAULT-VALUE}); --target list names them all.")
    private String target;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The model that is trained: its tokenizer counts tokens.")
    private @Nullable Path model;

    @Option(
            names = "--text-length",
            paramLabel = "N",
            description = "How many tokens the trainer reads, if not its usual number.")
    private @Nullable Integer textLength;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "What image paths are relative to, if not beside the file.")
    private @Nullable Path images;

    LintCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        if (target.equals("list")) {
            context.output()
                    .println(
                            LintTarget.TABLE.stream()
                                    .map(LintTarget::id)
                                    .collect(Collectors.joining("\n")));
            return ExitCode.SUCCESS;
        }
        var trainer = LintTarget.find(target);
        if (textLength != null && textLength < 1) {
            throw new ProblemException("--text-length must be at least 1", "" + textLength, "");
        }
        return LongWork.run(
                context,
                progress -> {
                    var options =
                            new LintOptions(
                                    model == null
                                            ? Optional.empty()
                                            : Optional.of(Tokenizers.open(model)),
                                    textLength == null
                                            ? OptionalInt.empty()
                                            : OptionalInt.of(textLength),
                                    Optional.ofNullable(images));
                    try {
                        var report = Linter.lint(dataset, trainer, options, progress);
                        progress.close();
                        print(report);
                        return report.hasErrors() ? ExitCode.PROBLEM : ExitCode.SUCCESS;
                    } finally {
                        options.tokenizer().ifPresent(tokenizer -> tokenizer.close());
                    }
                });
    }

    private void print(LintReport report) {
        var out = context.output();
        out.println(report.examples() + " examples in " + report.files() + " files");
        report.lengths()
                .ifPresent(lengths ->
                        out.printf(
                                Locale.ROOT,
                                "%.1f tokens on average, %d at most, %d examples are cut%n",
                                lengths.mean(),
                                lengths.longest(),
                                lengths.cut()));
        for (var group : report.groups()) {
            out.printf(
                    "%s  %s: %d%n",
                    group.severity().name().toLowerCase(Locale.ROOT),
                    group.rule().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    group.count());
            group.first().forEach(finding -> out.println("    " + finding));
        }
        if (report.groups().isEmpty()) {
            out.println("Nothing to remark");
        }
        out.flush();
    }
}
