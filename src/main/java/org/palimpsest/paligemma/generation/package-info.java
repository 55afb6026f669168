/// Prefill, decode steps, KV cache, samplers, finish reasons. Start at [org.palimpsest.paligemma.generation.Generator].
@NullMarked
package org.palimpsest.paligemma.generation;

import org.jspecify.annotations.NullMarked;
