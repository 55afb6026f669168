/// Progress and cancellation of long work. Start at [org.palimpsest.job.Progress].
@NullMarked
package org.palimpsest.job;

import org.jspecify.annotations.NullMarked;
