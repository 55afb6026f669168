package org.palimpsest.cli;

/// What the program's exit code says.
final class ExitCode {
    static final int SUCCESS = 0;

    /// Something failed; what did is on standard error.
    static final int PROBLEM = 1;

    /// The command was not understood.
    static final int USAGE = 2;

    /// The person stopped it: 128 + SIGINT, as shells have it.
    static final int CANCELLED = 130;

    private ExitCode() {}
}
