package org.palimpsest.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Holds the commands about a project file.
@Command(
        name = "project",
        description = "Make a project of images, look into it, check it, and move it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example:  palimpsest project create streets.palimpsest photos",
            "          palimpsest label streets.palimpsest --prompt 'detect car ; bicycle'",
            "          palimpsest export streets.palimpsest --format coco --out streets-coco"
        })
final class ProjectCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    /// The project with its subcommands.
    static CommandLine withSubcommands(CommandContext context) {
        return new CommandLine(new ProjectCommand())
                .addSubcommand(new ProjectCreateCommand(context))
                .addSubcommand(new ProjectAddCommand(context))
                .addSubcommand(new ProjectInfoCommand(context))
                .addSubcommand(new ProjectListCommand(context))
                .addSubcommand(new ProjectLabelsCommand(context))
                .addSubcommand(new ProjectSplitCommand(context))
                .addSubcommand(new ProjectDuplicatesCommand(context))
                .addSubcommand(new ProjectUndoCommand.Undo(context))
                .addSubcommand(new ProjectUndoCommand.Redo(context))
                .addSubcommand(new ProjectCheckCommand(context))
                .addSubcommand(new ProjectRelocateCommand(context))
                .addSubcommand(new ProjectCompactCommand(context))
                .addSubcommand(new ProjectArchiveCommand.Export(context))
                .addSubcommand(new ProjectArchiveCommand.Import(context));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "A command is missing after 'project'");
    }
}
