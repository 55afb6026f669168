package org.palimpsest.format.yolo;

import java.util.List;
import org.palimpsest.format.FindingList;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Makes the lines of an object, without the class. All lines of an export are of one kind: a single outline makes
/// ultralytics take every box of the file for an outline.
interface ObjectLines {
    /// The lines; none where nothing is left inside of the image, which is a finding.
    List<String> of(Region region, Size image, String place, FindingList findings);
}
