/// Turns images and prompts into proposed annotations: queue, priorities, cancellation. Start at [org.palimpsest.inference.InferenceService].
@NullMarked
package org.palimpsest.inference;

import org.jspecify.annotations.NullMarked;
