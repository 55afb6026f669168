/// Scores predictions against what is true: boxes, masks and texts. Start at
/// [org.palimpsest.evaluation.DetectionCounts].
@NullMarked
package org.palimpsest.evaluation;

import org.jspecify.annotations.NullMarked;
