/// Reads and writes COCO and the formats that build on its files: captions, results, LVIS, RefCOCO and VQA. Start at
/// [org.palimpsest.format.coco.CocoFormat].
///
/// A referring sentence of RefCOCO is a text whose prompt is `segment` and whose one link covers it whole and names the
/// object; see [org.palimpsest.format.coco.RefCocoFormat].
@NullMarked
package org.palimpsest.format.coco;

import org.jspecify.annotations.NullMarked;
