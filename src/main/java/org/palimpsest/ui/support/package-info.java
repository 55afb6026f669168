/// Workspace, DialogService, TaskRunner: what every feature is given. Start at [org.palimpsest.ui.support.Workspace].
@NullMarked
package org.palimpsest.ui.support;

import org.jspecify.annotations.NullMarked;
