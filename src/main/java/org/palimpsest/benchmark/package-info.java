/// Measures how fast a model answers, against what this machine could do at best, and how a large project behaves. Start at
/// [org.palimpsest.benchmark.ModelBenchmark].
@NullMarked
package org.palimpsest.benchmark;

import org.jspecify.annotations.NullMarked;
