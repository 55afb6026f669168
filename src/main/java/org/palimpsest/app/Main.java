package org.palimpsest.app;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.palimpsest.cli.CommandLineProgram;
import org.palimpsest.project.Project;

/// Starts Palimpsest: the window where no command is given, else the command.
///
/// Touches no JavaFX class unless the window opens, so that commands start fast and need no display.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var window = new DesktopWindow();
        if (Rehearsal.current() == Rehearsal.COMMANDS) {
            System.exit(Rehearsal.runCommands(window) ? 0 : 1);
        }
        System.exit(CommandLineProgram.onStandardStreams(window).run(commandFor(arguments)));
    }

    /// A project file alone opens in the window: that is how systems start a program for a file that was double-clicked.
    static String[] commandFor(String... arguments) {
        return arguments.length == 1 && isProject(arguments[0])
                ? new String[] {"window", arguments[0]}
                : arguments;
    }

    private static boolean isProject(String argument) {
        try {
            return argument.endsWith(Project.EXTENSION) && Files.isRegularFile(Path.of(argument));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
