/// Checks training files against what their trainer does with them. Start at [org.palimpsest.format.lint.Linter].
@NullMarked
package org.palimpsest.format.lint;

import org.jspecify.annotations.NullMarked;
