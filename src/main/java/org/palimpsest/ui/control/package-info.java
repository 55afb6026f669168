/// Controls shared by features. Start at [org.palimpsest.ui.control.LabelField].
@NullMarked
package org.palimpsest.ui.control;

import org.jspecify.annotations.NullMarked;
