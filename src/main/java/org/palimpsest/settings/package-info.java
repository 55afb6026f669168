/// The person's preferences, kept as JSON. Start at [org.palimpsest.settings.SettingsStore].
@NullMarked
package org.palimpsest.settings;

import org.jspecify.annotations.NullMarked;
