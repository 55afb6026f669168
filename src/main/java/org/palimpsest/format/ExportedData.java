package org.palimpsest.format;

import java.util.LinkedHashSet;
import java.util.function.Predicate;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.problem.ProblemException;

/// A data set without what a person rejected, and with a label for every object.
final class ExportedData implements Dataset {
    private final Dataset all;
    private final Predicate<Annotation> exported;
    private final LabelSet labels;
    private final long imageCount;

    private ExportedData(
            Dataset all, Predicate<Annotation> exported, LabelSet labels, long imageCount) {
        this.all = all;
        this.exported = exported;
        this.labels = labels;
        this.imageCount = imageCount;
    }

    /// Reads the data set once to count it.
    static ExportedData of(Dataset all, boolean acceptedOnly) throws ProblemException {
        Predicate<Annotation> exported =
                annotation ->
                        annotation.review() != ReviewState.REJECTED
                                && (!acceptedOnly
                                        || annotation.review() == ReviewState.ACCEPTED
                                        || annotation.provenance().isHuman());
        long[] count = {0};
        var names = new LinkedHashSet<String>();
        all.forEach(image -> {
            if (image.details().state() != ImageState.REJECTED) {
                count[0]++;
                for (var annotation : image.annotations()) {
                    if (annotation instanceof ObjectAnnotation object
                            && exported.test(annotation)) {
                        names.add(object.label());
                    }
                }
            }
        });
        var labels = all.labels();
        for (var name : names) {
            labels = labels.with(name);
        }
        return new ExportedData(all, exported, labels, count[0]);
    }

    @Override
    public LabelSet labels() {
        return labels;
    }

    @Override
    public long imageCount() {
        return imageCount;
    }

    @Override
    public void forEach(ImageVisitor visitor) throws ProblemException {
        all.forEach(image -> {
            if (image.details().state() != ImageState.REJECTED) {
                visitor.visit(filtered(image));
            }
        });
    }

    private AnnotatedImage filtered(AnnotatedImage image) {
        return image.annotations().stream().allMatch(exported)
                ? image
                : image.withAnnotations(image.annotations().stream().filter(exported).toList());
    }
}
