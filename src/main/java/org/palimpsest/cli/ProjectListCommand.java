package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists images of a project.
@Command(
        name = "list",
        description = "List the images of a project that a filter means.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A filter:  label:cat -tag:night (split:train or state:done) score<0.5 \"red car\"",
            "Terms:     label: absent: tag: state: split: review: origin: model: prompt: text: name:",
            "           score area aspect objects texts edits with < <= = >= > and a number,",
            "           or with a range: score=0.2..0.3"
        })
final class ProjectListCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    private final CommandContext context;

    @Parameters(paramLabel = "PROJECT", description = "The project file.")
    private Path file;

    @Mixin private FilterOption where;

    @Option(names = "--count", description = "Print their number only.")
    private boolean countOnly;

    ProjectListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        var filter = where.filter();
        try (var project = Project.openForReading(file)) {
            if (countOnly) {
                context.output().println(project.count(filter));
                return ExitCode.SUCCESS;
            }
            long next = ImagePage.START;
            while (next != ImagePage.END) {
                var page = project.page(filter, next, PAGE);
                for (var line : page.images()) {
                    context.output().println(line.image().file());
                }
                next = page.next();
            }
            context.output().flush();
            return ExitCode.SUCCESS;
        }
    }
}
