/// What formats share that hold objects and texts as cells of a table. Start at
/// [org.palimpsest.format.table.RegionNotation].
@NullMarked
package org.palimpsest.format.table;

import org.jspecify.annotations.NullMarked;
