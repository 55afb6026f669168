/// Looking through images in the order of what needs a person most. Start at [org.palimpsest.ui.review.ReviewViewModel].
@NullMarked
package org.palimpsest.ui.review;

import org.jspecify.annotations.NullMarked;
