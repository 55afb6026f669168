/// PaliGemma's training files: one JSON object per line with an image, what is asked and what is answered. Start
/// at [org.palimpsest.format.jsonl.PaliGemmaJsonlWriter].
@NullMarked
package org.palimpsest.format.jsonl;

import org.jspecify.annotations.NullMarked;
