package org.palimpsest.dataset.edit;

import java.util.List;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;

/// Where the annotated images are kept that a history changes.
public interface EditTarget {

    /// @throws IllegalStateException if there is no such image
    AnnotatedImage image(ImageId id);

    /// Puts the changed images in the place of those with the same ids, all of them or, by throwing, none.
    void replace(List<AnnotatedImage> changed);
}
