/// Adapters: what fine-tuning changed of a model, and the files that hold it. Start at
/// [org.palimpsest.paligemma.adapter.Adapter].
@NullMarked
package org.palimpsest.paligemma.adapter;

import org.jspecify.annotations.NullMarked;
