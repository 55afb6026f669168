/// The project file: images, annotations, labels, runs and the history of every change in one SQLite database. Start at
/// [org.palimpsest.project.Project].
@NullMarked
package org.palimpsest.project;

import org.jspecify.annotations.NullMarked;
