/// WebDataset: archives in which a picture and its JSON lie side by side. Start at
/// [org.palimpsest.format.webdataset.WebDatasetFormat].
@NullMarked
package org.palimpsest.format.webdataset;

import org.jspecify.annotations.NullMarked;
