package org.palimpsest.project;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.Split;
import org.palimpsest.problem.ProblemException;

/// What is said of an image as a whole, as it stands in the project file.
///
/// @param checks by the label's row
record DetailsRow(
        String state, String split, List<String> tags, String notes, TreeMap<Long, String> checks) {

    static DetailsRow of(ImageDetails details, Names names) throws ProblemException {
        var checks = new TreeMap<Long, String>();
        for (var check : details.labelChecks().entrySet()) {
            checks.put(names.label(check.getKey()), check.getValue().name());
        }
        return new DetailsRow(
                details.state().name(),
                details.split().name(),
                new ArrayList<>(details.tags()),
                details.notes(),
                checks);
    }

    ImageDetails toDetails(Names names) {
        var found = new TreeMap<String, LabelCheck>();
        checks.forEach(
                (label, check) -> found.put(names.labelName(label), LabelCheck.valueOf(check)));
        return new ImageDetails(
                ImageState.valueOf(state), Split.valueOf(split), new TreeSet<>(tags), notes, found);
    }
}
