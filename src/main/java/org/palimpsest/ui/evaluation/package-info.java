/// Says how good a model is on images that people went through, and where it fails. Start at
/// [org.palimpsest.ui.evaluation.EvaluationViewModel].
@NullMarked
package org.palimpsest.ui.evaluation;

import org.jspecify.annotations.NullMarked;
