package org.palimpsest.ui.exchange;

import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.Split;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;

/// Exactly these images of a project, in this order; those that are gone in the meantime are passed over.
///
/// @param split where only those of one part are wanted
record SelectedData(Project project, List<ImageId> ids, Optional<Split> split, LabelSet labels)
        implements Dataset {
    @Override
    public long imageCount() {
        return ids.size();
    }

    @Override
    public void forEach(ImageVisitor visitor) throws ProblemException {
        for (var id : ids) {
            var image = project.image(id);
            if (image.isPresent()
                    && split.map(part -> image.get().details().split() == part).orElse(true)) {
                visitor.visit(image.get());
            }
        }
    }
}
