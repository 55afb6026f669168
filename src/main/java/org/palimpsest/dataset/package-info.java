/// Images, annotations, labels and where each annotation came from. Start at
/// [org.palimpsest.dataset.AnnotatedImage].
///
/// Everything here is an immutable value: the window, the model and an export may hold the same objects.
/// Changes are made by [org.palimpsest.dataset.edit.Edit].
@NullMarked
package org.palimpsest.dataset;

import org.jspecify.annotations.NullMarked;
