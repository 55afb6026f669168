/// Runs a model over many images: labels a project, resumably, and scores a model on it. Start at
/// [org.palimpsest.batch.ProjectLabeler].
@NullMarked
package org.palimpsest.batch;

import org.jspecify.annotations.NullMarked;
