/// Sizes and conventions of every variant. Start at [org.palimpsest.paligemma.config.ConfigReader].
@NullMarked
package org.palimpsest.paligemma.config;

import org.jspecify.annotations.NullMarked;
