/// What a person can do, as one table, and the keys that do it. Start at [org.palimpsest.ui.command.Command].
@NullMarked
package org.palimpsest.ui.command;

import org.jspecify.annotations.NullMarked;
