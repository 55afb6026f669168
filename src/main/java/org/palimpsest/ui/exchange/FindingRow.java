package org.palimpsest.ui.exchange;

import java.util.Optional;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.format.Finding.Severity;

/// A row in the list of what a check found.
public sealed interface FindingRow {
    /// How bad it is.
    Severity severity();

    /// What the rows below have in common.
    ///
    /// @param count how often it was found, also where not every finding has a row
    record Heading(Severity severity, String title, long count) implements FindingRow {}

    /// One finding.
    ///
    /// @param place the line of a file, or an image
    /// @param image the image behind it, where it is known
    record Line(Severity severity, String place, String message, Optional<ImageId> image)
            implements FindingRow {}
}
