package org.palimpsest.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The commands that take steps back and carry them out again.
final class ProjectUndoCommand {
    private ProjectUndoCommand() {}

    /// Takes the last step back.
    @Command(
            name = "undo",
            description = "Take the last step of a project back, such as a labelling run.",
            mixinStandardHelpOptions = true)
    static final class Undo implements Callable<Integer> {
        private final CommandContext context;

        @Parameters(paramLabel = "PROJECT", description = "The project file.")
        private Path file;

        Undo(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws ProblemException {
            try (var project = Project.open(file, InstantSource.system())) {
                return say(context, "Undone", project.undo());
            }
        }
    }

    /// Carries out again what was undone last.
    @Command(
            name = "redo",
            description = "Carry out again what was undone last.",
            mixinStandardHelpOptions = true)
    static final class Redo implements Callable<Integer> {
        private final CommandContext context;

        @Parameters(paramLabel = "PROJECT", description = "The project file.")
        private Path file;

        Redo(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws ProblemException {
            try (var project = Project.open(file, InstantSource.system())) {
                return say(context, "Done again", project.redo());
            }
        }
    }

    private static int say(
            CommandContext context, String verb, Optional<Project.Replayed> replayed) {
        context.output()
                .println(
                        replayed.map(step ->
                                        verb
                                                + ": "
                                                + step.title()
                                                + ", "
                                                + step.images().size()
                                                + " images")
                                .orElse("There is nothing left"));
        return ExitCode.SUCCESS;
    }
}
