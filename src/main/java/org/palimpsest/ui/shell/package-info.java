/// Main window: menus, keys, palette, panels, status bar. Start at [org.palimpsest.ui.shell.ShellView].
@NullMarked
package org.palimpsest.ui.shell;

import org.jspecify.annotations.NullMarked;
