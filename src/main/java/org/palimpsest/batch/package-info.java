/// Runs a model over many images: labels a project, resumably, scores a model on it,
/// and teaches it what people corrected. Start at
/// [org.palimpsest.batch.ProjectLabeler].
@NullMarked
package org.palimpsest.batch;

import org.jspecify.annotations.NullMarked;
