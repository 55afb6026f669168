/// Changes to annotations, each with its inverse; undo and redo. Start at
/// [org.palimpsest.dataset.edit.EditHistory].
@NullMarked
package org.palimpsest.dataset.edit;

import org.jspecify.annotations.NullMarked;
