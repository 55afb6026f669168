package org.palimpsest.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints a script that completes commands and options in bash and zsh.
@Command(
        name = "completion",
        description = "Print a completion script for bash or zsh.",
        mixinStandardHelpOptions = true,
        footer = {"", "Use it in this shell:  source <(./palimpsest completion)"})
final class CompletionCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec private CommandSpec spec;

    CompletionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        context.output().print(AutoComplete.bash(root.getCommandName(), root));
        context.output().flush();
        return ExitCode.SUCCESS;
    }
}
