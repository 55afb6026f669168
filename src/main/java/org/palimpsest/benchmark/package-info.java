/// Measures how fast a model answers, against what this machine could do at best, how a large
/// project behaves, and what fine-tuning costs and teaches. Start at
/// [org.palimpsest.benchmark.ModelBenchmark].
@NullMarked
package org.palimpsest.benchmark;

import org.jspecify.annotations.NullMarked;
