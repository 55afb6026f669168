/// Measures how fast a model answers, and against what this machine could do at best. Start at
/// [org.palimpsest.benchmark.ModelBenchmark].
@NullMarked
package org.palimpsest.benchmark;

import org.jspecify.annotations.NullMarked;
