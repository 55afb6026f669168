package org.palimpsest.cli;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.registry.FormatTable;
import org.palimpsest.format.registry.Formats;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists the data set formats.
@Command(
        name = "formats",
        description = "List the data set formats, or explain one.",
        mixinStandardHelpOptions = true)
final class FormatsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "FORMAT", arity = "0..1", description = "The one to explain.")
    private String format = "";

    @Option(names = "--markdown", description = "Print the table of docs/formats.md.")
    private boolean markdown;

    FormatsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        if (markdown) {
            context.output().print(FormatTable.markdown());
        } else if (format.isEmpty()) {
            for (var one : Formats.TABLE) {
                context.output()
                        .printf(
                                "%-24s %-6s %-6s %s%n",
                                one.id(),
                                one.reader().isPresent() ? "read" : "",
                                one.writer().isPresent() ? "write" : "",
                                one.title());
            }
        } else {
            explain(Formats.find(format));
        }
        context.output().flush();
        return ExitCode.SUCCESS;
    }

    private void explain(DatasetFormat one) {
        var out = context.output();
        out.println(one.title());
        out.println(
                "  carries  "
                        + Arrays.stream(Content.values())
                                .filter(one.carriage().carried()::contains)
                                .map(Content::words)
                                .collect(Collectors.joining(", ")));
        one.carriage().replacements().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry ->
                        out.println(
                                "  instead  " + entry.getKey().words() + " " + entry.getValue()));
        for (var setting : one.settings()) {
            out.println(
                    "  --set "
                            + setting.name()
                            + "="
                            + (setting.values().isEmpty()
                                    ? "…"
                                    : String.join("|", setting.values()))
                            + "  "
                            + setting.description()
                            + " (default: "
                            + setting.defaultValue()
                            + ")");
        }
    }
}
