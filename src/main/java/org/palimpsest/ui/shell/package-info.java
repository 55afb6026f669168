/// Main window: menus, keys, palette, panels, pages, status bar. Start at [org.palimpsest.ui.shell.ShellView].
@NullMarked
package org.palimpsest.ui.shell;

import org.jspecify.annotations.NullMarked;
