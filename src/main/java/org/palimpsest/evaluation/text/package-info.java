/// Scores answers and texts: VQA accuracy, ANLS, relaxed accuracy, character and word error rates. Start at
/// [org.palimpsest.evaluation.text.VqaAccuracy].
@NullMarked
package org.palimpsest.evaluation.text;

import org.jspecify.annotations.NullMarked;
