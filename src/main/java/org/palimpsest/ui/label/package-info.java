/// The labels of the project: choosing, making and changing them. Start at [org.palimpsest.ui.label.LabelViewModel].
@NullMarked
package org.palimpsest.ui.label;

import org.jspecify.annotations.NullMarked;
