/// Commands of the `palimpsest` command line, each a thin front on the components. Start at
/// [org.palimpsest.cli.CommandLineProgram].
@NullMarked
package org.palimpsest.cli;

import org.jspecify.annotations.NullMarked;
