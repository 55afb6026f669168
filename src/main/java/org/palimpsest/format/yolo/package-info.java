/// YOLO data sets as ultralytics reads them: a text file of numbers for each image, boxes or outlines. Start at
/// [org.palimpsest.format.yolo.YoloDetectFormat].
@NullMarked
package org.palimpsest.format.yolo;

import org.jspecify.annotations.NullMarked;
