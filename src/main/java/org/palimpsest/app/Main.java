package org.palimpsest.app;

import org.palimpsest.cli.CommandLineProgram;

/// Starts Palimpsest: the window where no command is given, else the command.
///
/// Touches no JavaFX class unless the window opens, so that commands start fast and need no display.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineProgram.onStandardStreams(new DesktopWindow()).run(arguments));
    }
}
