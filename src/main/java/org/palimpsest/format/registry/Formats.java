package org.palimpsest.format.registry;

import java.util.List;
import java.util.stream.Collectors;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.scenes.ScenesFormat;
import org.palimpsest.problem.ProblemException;

/// Every format that can be imported or exported.
public final class Formats {
    /// One row each, in the order in which they are offered.
    public static final List<DatasetFormat> TABLE = List.of(new ScenesFormat());

    private Formats() {}

    /// The format of that id.
    ///
    /// @throws ProblemException if there is none
    public static DatasetFormat find(String id) throws ProblemException {
        return TABLE.stream()
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                "There is no format called '" + id + "'",
                                "",
                                "Choose among "
                                        + TABLE.stream()
                                                .map(DatasetFormat::id)
                                                .collect(Collectors.joining(", "))));
    }
}
