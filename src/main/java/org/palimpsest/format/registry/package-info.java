/// The table of all formats. Start at [org.palimpsest.format.registry.Formats].
@NullMarked
package org.palimpsest.format.registry;

import org.jspecify.annotations.NullMarked;
