package org.palimpsest.format;

import java.util.List;
import java.util.Optional;

/// A data set format of some other program; each is one class, registered in
/// `org.palimpsest.format.registry.Formats`.
public interface DatasetFormat {

    /// What `--format` takes: lower case with hyphens, such as `coco-captions`.
    String id();

    /// The name people know: `COCO captions`.
    String title();

    Carriage carriage();

    /// What can be chosen for an export, beyond what all formats share; by default nothing.
    default List<FormatSetting> settings() {
        return List.of();
    }

    /// Reads this format; empty where it can only be written.
    Optional<DatasetReader> reader();

    /// Writes this format; empty where it can only be read.
    Optional<DatasetWriter> writer();
}
