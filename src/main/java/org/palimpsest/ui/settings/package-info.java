/// What the person can set: colours, the size of everything, keys. Start at
/// [org.palimpsest.ui.settings.Appearance].
@NullMarked
package org.palimpsest.ui.settings;

import org.jspecify.annotations.NullMarked;
