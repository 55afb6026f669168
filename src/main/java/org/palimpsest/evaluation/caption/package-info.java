/// Scores captions as the COCO caption tools do. Start at [org.palimpsest.evaluation.caption.CaptionEvaluation].
@NullMarked
package org.palimpsest.evaluation.caption;

import org.jspecify.annotations.NullMarked;
