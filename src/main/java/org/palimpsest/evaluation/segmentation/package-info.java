/// Scores answers to referring expressions, one mask an answer, as PaliGemma's authors do. Start at
/// [org.palimpsest.evaluation.segmentation.ReferringScores].
@NullMarked
package org.palimpsest.evaluation.segmentation;

import org.jspecify.annotations.NullMarked;
