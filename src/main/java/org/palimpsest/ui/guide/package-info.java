/// The user guide in a window of its own, beside the work. Start at [org.palimpsest.ui.guide.GuideViewModel].
@NullMarked
package org.palimpsest.ui.guide;

import org.jspecify.annotations.NullMarked;
