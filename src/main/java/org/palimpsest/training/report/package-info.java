/// What is left of a training run for people: its events as JSON lines, its curves and its model card. Start at
/// [org.palimpsest.training.report.ModelCard].
@NullMarked
package org.palimpsest.training.report;

import org.jspecify.annotations.NullMarked;
