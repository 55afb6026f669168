/// Objects and texts as CSV tables. Start at [org.palimpsest.format.csv.CsvFormat].
@NullMarked
package org.palimpsest.format.csv;

import org.jspecify.annotations.NullMarked;
