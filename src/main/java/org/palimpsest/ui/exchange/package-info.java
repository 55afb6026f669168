/// Export of the annotations. Start at [org.palimpsest.ui.exchange.ExportViewModel].
@NullMarked
package org.palimpsest.ui.exchange;

import org.jspecify.annotations.NullMarked;
