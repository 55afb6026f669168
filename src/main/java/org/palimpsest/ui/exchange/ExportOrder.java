package org.palimpsest.ui.exchange;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.Project;

/// What is to be exported and how, as it was chosen at one moment.
///
/// @param filter which images, unless exactly some are meant
/// @param only exactly these images, in this order
/// @param split the only part of the data set, where one is wanted
/// @param model the folder of the model whose tokenizer counts
record ExportOrder(
        DatasetFormat format,
        ExportOptions options,
        ImageFilter filter,
        Optional<List<ImageId>> only,
        Optional<Split> split,
        Optional<Path> model) {
    ExportOrder {
        only = only.map(List::copyOf);
    }

    /// The images with what is said of them.
    Dataset data(Project project) throws ProblemException {
        return only.isPresent()
                ? new SelectedData(project, only.get(), split, project.labels())
                : project.dataset(filter);
    }

    ExportOrder withOptions(ExportOptions changed) {
        return new ExportOrder(format, changed, filter, only, split, model);
    }
}
