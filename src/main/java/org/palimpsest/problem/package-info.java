/// What went wrong, in words for the person, and where. Start at [org.palimpsest.problem.Problem].
@NullMarked
package org.palimpsest.problem;

import org.jspecify.annotations.NullMarked;
