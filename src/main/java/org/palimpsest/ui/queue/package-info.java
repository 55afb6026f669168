/// Runs of a task over many images: which wait, how far they are, what came of them. Start at [org.palimpsest.ui.queue.RunQueue].
@NullMarked
package org.palimpsest.ui.queue;

import org.jspecify.annotations.NullMarked;
