/// The page that fits an adapter on what people corrected. Start at [org.palimpsest.ui.training.TrainingViewModel].
@NullMarked
package org.palimpsest.ui.training;

import org.jspecify.annotations.NullMarked;
