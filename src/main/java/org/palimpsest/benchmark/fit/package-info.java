/// Shows by experiments that fine-tuning teaches a model what it did not know. Start at
/// [org.palimpsest.benchmark.fit.FitExperiment].
@NullMarked
package org.palimpsest.benchmark.fit;

import org.jspecify.annotations.NullMarked;
