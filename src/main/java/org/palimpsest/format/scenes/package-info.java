/// Drawn scenes with their truth, as the generator of the samples writes them. Start at
/// [org.palimpsest.format.scenes.ScenesFormat].
@NullMarked
package org.palimpsest.format.scenes;

import org.jspecify.annotations.NullMarked;
