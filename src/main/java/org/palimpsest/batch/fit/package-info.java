/// Teaches a model what people corrected: examples of a project or of training files, validation by asking, figures before
/// and after. Start at [org.palimpsest.batch.fit.Fitting].
@NullMarked
package org.palimpsest.batch.fit;

import org.jspecify.annotations.NullMarked;
