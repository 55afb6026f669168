package org.palimpsest.format.table;

import java.util.Optional;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.format.FindingList;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// An object as it is written: its box inside of the image, and its region.
///
/// @param box never empty
/// @param region the box itself where the object has no finer outline
public record ClippedObject(Box box, Region region) {

    /// Clips the object's box to its image; empty where nothing is left of it. Findings say what was done.
    ///
    /// @param place the image's name, for the findings
    public static Optional<ClippedObject> of(
            ObjectAnnotation object, Size image, FindingList findings, String place) {
        Box whole = object.region().bounds();
        Box clipped = whole.clampTo(image);
        if (clipped.isEmpty()) {
            findings.error(
                    place,
                    "the object '" + object.label() + "' covers nothing of the image: left out");
            return Optional.empty();
        }
        if (!clipped.equals(whole)) {
            findings.warning(
                    place,
                    "the box of '" + object.label() + "' reaches over the edge and is clipped");
        }
        return Optional.of(
                new ClippedObject(
                        clipped, object.region() instanceof Box ? clipped : object.region()));
    }
}
