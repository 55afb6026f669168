package org.palimpsest.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.DatasetSink;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.problem.ProblemException;

/// Keeps what an import reads in memory.
public final class CollectingSink implements DatasetSink {
    private final Map<Path, ImageId> ids = new LinkedHashMap<>();
    private final Map<ImageId, AnnotatedImage> images = new LinkedHashMap<>();
    private LabelSet labels = LabelSet.EMPTY;

    @Override
    public ImageEntry image(Path file) throws ProblemException {
        Path real;
        try {
            real = file.toRealPath();
        } catch (IOException e) {
            throw new ProblemException("No such image", file.toString(), "");
        }
        var known = ids.get(real);
        if (known != null) {
            return images.get(known).image();
        }
        var seen = ImageFiles.inspect(file);
        var facts =
                new ImageFacts(
                        seen.contentHash(),
                        seen.perceptualHash(),
                        seen.orientation().exifValue(),
                        seen.captured(),
                        seen.bytes());
        var entry = new ImageEntry(ImageId.random(), file, seen.size(), facts);
        ids.put(real, entry.id());
        images.put(entry.id(), new AnnotatedImage(entry));
        return entry;
    }

    @Override
    public void details(ImageId image, ImageDetails details) {
        images.compute(image, (_, known) -> known.withDetails(details));
    }

    @Override
    public void annotations(ImageId image, List<? extends Annotation> annotations) {
        images.compute(
                image,
                (_, known) -> {
                    var all = new ArrayList<>(known.annotations());
                    all.addAll(annotations);
                    return known.withAnnotations(all);
                });
        for (var annotation : annotations) {
            if (annotation instanceof ObjectAnnotation object) {
                labels = labels.with(object.label());
            }
        }
    }

    @Override
    public void label(Label label) {
        if (labels.find(label.name()).isEmpty()) {
            var all = new ArrayList<>(labels.labels());
            all.add(label);
            labels = new LabelSet(all);
        }
    }

    /// What was read.
    public Dataset data() {
        return Dataset.of(labels, List.copyOf(images.values()));
    }
}
