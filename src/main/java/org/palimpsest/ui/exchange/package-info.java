/// Export of annotations to the files of other programs, and import from them. Start at
/// [org.palimpsest.ui.exchange.ExportViewModel].
@NullMarked
package org.palimpsest.ui.exchange;

import org.jspecify.annotations.NullMarked;
