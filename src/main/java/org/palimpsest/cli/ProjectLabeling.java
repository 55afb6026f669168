package org.palimpsest.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.palimpsest.batch.LabelingOptions;
import org.palimpsest.batch.LabelingReport;
import org.palimpsest.batch.ProjectLabeler;
import org.palimpsest.modelstore.CheckpointHash;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The part of `label` that labels a project, with its options.
final class ProjectLabeling {
    private static final int SHOWN_FAILURES = 20;

    @Mixin private FilterOption where;

    @Option(
            names = "--overwrite",
            paramLabel = "WHAT",
            defaultValue = "NEVER",
            description =
                    "Of a project: what may be replaced where a prompt was answered before: never, or"
                            + " predicted, which nobody has looked at (default: never).")
    private LabelingOptions.Overwrite overwrite = LabelingOptions.Overwrite.NEVER;

    @Option(
            names = "--retry-failed",
            description = "Of a project: ask again about the images for which this run failed.")
    private boolean retryFailed;

    int run(
            CommandContext context,
            Path file,
            List<String> prompts,
            PaliGemma model,
            GenerationOptions generation,
            int batch,
            ConsoleProgress progress)
            throws ProblemException {
        var filter = where.filter();
        String checkpoint = CheckpointHash.of(model.info());
        boolean failed = false;
        try (var project = Project.open(file, InstantSource.system())) {
            for (var prompt : prompts) {
                var options =
                        new LabelingOptions(
                                checked(prompt), filter, overwrite, retryFailed, generation, batch);
                var report =
                        ProjectLabeler.label(
                                project,
                                model,
                                checkpoint,
                                options,
                                InstantSource.system(),
                                progress);
                progress.close();
                print(context, prompt, report);
                failed |= !report.failures().isEmpty();
                if (progress.isCancelled()) {
                    break;
                }
            }
        }
        return failed ? ExitCode.PROBLEM : ExitCode.SUCCESS;
    }

    private static String checked(String prompt) throws ProblemException {
        if (prompt.isBlank() || prompt.contains("<image>") || prompt.strip().indexOf('\n') >= 0) {
            throw new ProblemException(
                    "This is no prompt",
                    "'" + prompt + "'",
                    "Write it in one line without <image>");
        }
        return prompt.strip();
    }

    private static void print(CommandContext context, String prompt, LabelingReport report) {
        report.failures().stream()
                .limit(SHOWN_FAILURES)
                .forEach(failure ->
                        context.error().println(failure.image() + ": " + failure.reason()));
        if (report.failures().size() > SHOWN_FAILURES) {
            context.error()
                    .println("and " + (report.failures().size() - SHOWN_FAILURES) + " more failed");
        }
        var words =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "“%s”: %d images labelled, %d annotations proposed",
                                prompt,
                                report.labelled(),
                                report.proposed()));
        append(words, report.done(), "done before");
        append(words, report.human(), "left alone because a person worked on them");
        append(words, report.answered(), "answered already (--overwrite predicted replaces that)");
        append(words, report.cutOff(), "cut off (--max-tokens allows longer answers)");
        append(words, report.failures().size(), "failed (--retry-failed asks again)");
        context.output().println(words);
    }

    private static void append(StringBuilder words, long count, String what) {
        if (count > 0) {
            words.append(", ").append(count).append(' ').append(what);
        }
    }
}
