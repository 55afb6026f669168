/// Models on this machine: where they lie. Start at [org.palimpsest.modelstore.Installation].
@NullMarked
package org.palimpsest.modelstore;

import org.jspecify.annotations.NullMarked;
