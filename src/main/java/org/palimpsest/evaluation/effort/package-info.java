/// Counts what a person had to do to a prediction until it was right. Start at
/// [org.palimpsest.evaluation.effort.EffortReport].
@NullMarked
package org.palimpsest.evaluation.effort;

import org.jspecify.annotations.NullMarked;
