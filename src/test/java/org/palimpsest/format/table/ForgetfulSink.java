package org.palimpsest.format.table;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.DatasetSink;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.format.CollectingSink;
import org.palimpsest.problem.ProblemException;

/// Keeps images only, so that thousands of imports of the same pictures are quick.
public final class ForgetfulSink implements DatasetSink {
    private final CollectingSink images = new CollectingSink();
    private final Map<Path, ImageEntry> known = new HashMap<>();

    @Override
    public ImageEntry image(Path file) throws ProblemException {
        var before = known.get(file);
        if (before != null) {
            return before;
        }
        var image = images.image(file);
        known.put(file, image);
        return image;
    }

    @Override
    public void details(ImageId image, ImageDetails details) {}

    @Override
    public void annotations(ImageId image, List<? extends Annotation> annotations) {}

    @Override
    public void label(Label label) {}
}
