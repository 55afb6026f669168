/// Lets a model label drawn scenes whose truth is known, and says how much of it was found. Start at
/// [org.palimpsest.cli.demo.SceneEvaluation].
@NullMarked
package org.palimpsest.cli.demo;

import org.jspecify.annotations.NullMarked;
