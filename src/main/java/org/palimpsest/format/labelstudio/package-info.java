/// Label Studio's tasks with annotations and predictions. Start at
/// [org.palimpsest.format.labelstudio.LabelStudioFormat].
@NullMarked
package org.palimpsest.format.labelstudio;

import org.jspecify.annotations.NullMarked;
