/// Reads and writes data sets in other tools' formats. Start at [org.palimpsest.format.DatasetFormat].
@NullMarked
package org.palimpsest.format;

import org.jspecify.annotations.NullMarked;
