/// Two models, adapters or runs on the same image, side by side. Start at [org.palimpsest.ui.compare.CompareViewModel].
@NullMarked
package org.palimpsest.ui.compare;

import org.jspecify.annotations.NullMarked;
