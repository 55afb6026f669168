/// Starts the program: opens the window or runs a command. Start at [org.palimpsest.app.Main].
@NullMarked
package org.palimpsest.app;

import org.jspecify.annotations.NullMarked;
