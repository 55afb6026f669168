/// Pascal VOC: an XML file with boxes for each image, and lists of images for each split. Start at
/// [org.palimpsest.format.voc.VocFormat].
@NullMarked
package org.palimpsest.format.voc;

import org.jspecify.annotations.NullMarked;
