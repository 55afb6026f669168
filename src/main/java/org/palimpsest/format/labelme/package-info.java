/// labelme's JSON files, one beside each image. Start at [org.palimpsest.format.labelme.LabelmeFormat].
@NullMarked
package org.palimpsest.format.labelme;

import org.jspecify.annotations.NullMarked;
