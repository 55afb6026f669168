/// Reads and writes data sets in other tools' formats. Start at
/// [org.palimpsest.format.jsonl.PaliGemmaJsonlWriter].
@NullMarked
package org.palimpsest.format;

import org.jspecify.annotations.NullMarked;
