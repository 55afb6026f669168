/// Says what this computer offers and what is missing: Java, memory, devices, the model. Start at
/// [org.palimpsest.diagnosis.Doctor].
@NullMarked
package org.palimpsest.diagnosis;

import org.jspecify.annotations.NullMarked;
