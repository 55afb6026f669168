/// Says how far a score might lie elsewhere with other images. Start at [org.palimpsest.evaluation.statistics.Bootstrap].
@NullMarked
package org.palimpsest.evaluation.statistics;

import org.jspecify.annotations.NullMarked;
