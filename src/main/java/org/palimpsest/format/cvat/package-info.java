/// CVAT's XML for images, version 1.1. Start at [org.palimpsest.format.cvat.CvatFormat].
@NullMarked
package org.palimpsest.format.cvat;

import org.jspecify.annotations.NullMarked;
