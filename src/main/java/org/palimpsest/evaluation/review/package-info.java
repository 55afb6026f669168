/// Says which images a person should look at next. Start at [org.palimpsest.evaluation.review.ReviewQueue].
@NullMarked
package org.palimpsest.evaluation.review;

import org.jspecify.annotations.NullMarked;
