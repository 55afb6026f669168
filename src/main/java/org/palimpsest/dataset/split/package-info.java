/// Divides a data set into train, validation and test, so that what belongs together stays together. Start at
/// [org.palimpsest.dataset.split.Splitter].
@NullMarked
package org.palimpsest.dataset.split;

import org.jspecify.annotations.NullMarked;
