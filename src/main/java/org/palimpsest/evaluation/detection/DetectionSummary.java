package org.palimpsest.evaluation.detection;

import java.util.OptionalDouble;

/// COCO's twelve numbers; one is empty where there is no object to be found (COCO's tools print -1).
///
/// @param ap average precision, the mean over the overlaps 0.50, 0.55 to 0.95 (mAP)
/// @param ap50 average precision at an overlap of 0.5
/// @param ap75 average precision at an overlap of 0.75
/// @param apSmall of objects up to 32² pixels
/// @param apMedium of objects from 32² to 96² pixels
/// @param apLarge of objects from 96² pixels on
/// @param ar1 average recall with one detection of a label in an image
/// @param ar10 average recall with 10 detections
/// @param ar100 average recall with 100 detections
public record DetectionSummary(
        OptionalDouble ap,
        OptionalDouble ap50,
        OptionalDouble ap75,
        OptionalDouble apSmall,
        OptionalDouble apMedium,
        OptionalDouble apLarge,
        OptionalDouble ar1,
        OptionalDouble ar10,
        OptionalDouble ar100,
        OptionalDouble arSmall,
        OptionalDouble arMedium,
        OptionalDouble arLarge) {}
