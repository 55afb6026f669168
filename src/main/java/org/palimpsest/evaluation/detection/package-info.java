/// Average precision and recall of boxes and masks by COCO's rules. Start at
/// [org.palimpsest.evaluation.detection.CocoEvaluation].
@NullMarked
package org.palimpsest.evaluation.detection;

import org.jspecify.annotations.NullMarked;
