package org.palimpsest.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine;

/// The `palimpsest` command line: parses the arguments, runs the command and turns failures into one line with a
/// remedy.
///
/// The table of contents of all commands is [#commandLine()]. Not thread-safe.
public final class CommandLineProgram {
    private final CommandContext context;
    private final Window window;

    public CommandLineProgram(CommandContext context, Window window) {
        this.context = context;
        this.window = window;
    }

    /// The program on the process's standard streams, which it reads and writes as UTF-8 everywhere: JSON is UTF-8
    /// whatever the console speaks.
    public static CommandLineProgram onStandardStreams(Window window) {
        var output =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var error =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return new CommandLineProgram(
                new CommandContext(System.in, output, error, Installation.locate()), window);
    }

    /// Runs one command.
    ///
    /// @return the process's exit code: 0 only on success
    public int run(String... arguments) {
        CommandLine commandLine = commandLine();
        try {
            return commandLine.execute(arguments);
        } catch (OutOfMemoryError e) {
            var problem =
                    new ProblemException(
                            "There is not enough memory for this",
                            String.valueOf(e.getMessage()),
                            "Use a smaller model, a smaller --batch, or close other programs");
            return report(problem, isVerbose(arguments));
        } catch (StackOverflowError | LinkageError e) {
            return report(e, isVerbose(arguments));
        }
    }

    /// All commands, wired.
    CommandLine commandLine() {
        var model =
                new CommandLine(new ModelCommand())
                        .addSubcommand(new ModelInfoCommand(context))
                        .addSubcommand(new ModelVerifyCommand(context))
                        .addSubcommand(new ModelConvertCommand(context))
                        .addSubcommand(new ModelMergeCommand(context))
                        .addSubcommand(new TokenizeCommand(context));
        var mask =
                new CommandLine(new MaskCommand())
                        .addSubcommand(new MaskEncodeCommand(context))
                        .addSubcommand(new MaskDecodeCommand(context));
        var benchmark =
                new CommandLine(new BenchmarkCommand(context))
                        .addSubcommand(new FitBenchmarkCommand(context))
                        .addSubcommand(new FitCostCommand(context))
                        .addSubcommand(new UiBenchmarkCommand(context, window));
        var commandLine =
                new CommandLine(new PalimpsestCommand(window))
                        .addSubcommand(model)
                        .addSubcommand(mask)
                        .addSubcommand(ProjectCommand.withSubcommands(context))
                        .addSubcommand(new WindowCommand(window))
                        .addSubcommand(new PredictCommand(context))
                        .addSubcommand(new LabelCommand(context))
                        .addSubcommand(new ImportCommand(context))
                        .addSubcommand(new ExportCommand(context))
                        .addSubcommand(new FormatsCommand(context))
                        .addSubcommand(new LintCommand(context))
                        .addSubcommand(new EvaluateCommand(context))
                        .addSubcommand(new FitCommand(context))
                        .addSubcommand(new QueueCommand(context))
                        .addSubcommand(new DemoCommand(context))
                        .addSubcommand(new DoctorCommand(context))
                        .addSubcommand(benchmark)
                        .addSubcommand(new CompletionCommand(context))
                        .addSubcommand(new CommandLine.HelpCommand());
        commandLine.setOut(new PrintWriter(context.output(), true));
        commandLine.setErr(new PrintWriter(context.error(), true));
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setOverwrittenOptionsAllowed(false);
        commandLine.setParameterExceptionHandler(this::reportMisuse);
        commandLine.setExecutionExceptionHandler((exception, _, parsed) ->
                report(exception, isVerbose(parsed.originalArgs().toArray(new String[0]))));
        return commandLine;
    }

    private int reportMisuse(CommandLine.ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        String message = String.valueOf(exception.getMessage()).replace('\n', ' ');
        context.error()
                .printf(
                        "palimpsest: %s. Try '%s --help'%n",
                        message, command.getCommandSpec().qualifiedName());
        if (isVerbose(arguments)) {
            exception.printStackTrace(context.error());
        }
        return ExitCode.USAGE;
    }

    private int report(Throwable failure, boolean verbose) {
        String line =
                failure instanceof ProblemException problem
                        ? problem.problem().oneLine()
                        : "Unexpected failure: "
                                + failure.toString().replace('\n', ' ')
                                + (verbose
                                        ? ""
                                        : ". Run it again with --verbose and report what it says");
        context.error().println("palimpsest: " + line);
        if (verbose) {
            failure.printStackTrace(context.error());
        }
        context.error().flush();
        return ExitCode.PROBLEM;
    }

    private static boolean isVerbose(String... arguments) {
        for (String argument : arguments) {
            if (argument.equals("--verbose")) {
                return true;
            }
        }
        return false;
    }
}
