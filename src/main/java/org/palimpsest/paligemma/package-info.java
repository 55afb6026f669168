/// PaliGemma and PaliGemma 2: pixels and a prompt in, text, boxes and masks out. Start at [org.palimpsest.paligemma.PaliGemma].
@NullMarked
package org.palimpsest.paligemma;

import org.jspecify.annotations.NullMarked;
