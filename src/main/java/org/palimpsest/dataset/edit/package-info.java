/// Changes to images, annotations and labels, each with its inverse. Start at [org.palimpsest.dataset.edit.Edit].
@NullMarked
package org.palimpsest.dataset.edit;

import org.jspecify.annotations.NullMarked;
