/// Hugging Face's imagefolder, with metadata as JSON lines or Parquet. Start at
/// [org.palimpsest.format.imagefolder.ImageFolderFormat].
@NullMarked
package org.palimpsest.format.imagefolder;

import org.jspecify.annotations.NullMarked;
