package org.palimpsest.cli;

import java.io.InputStream;
import java.io.PrintStream;
import org.palimpsest.modelstore.Installation;

/// What every command is given: the standard streams and the installation.
///
/// @param output results, and nothing else; UTF-8
/// @param error progress and problems; UTF-8
public record CommandContext(
        InputStream input, PrintStream output, PrintStream error, Installation installation) {}
