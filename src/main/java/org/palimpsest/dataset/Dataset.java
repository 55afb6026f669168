package org.palimpsest.dataset;

import java.util.List;
import org.palimpsest.problem.ProblemException;

/// Labels and annotated images that are read one image at a time, so that a data set may be larger than memory.
///
/// Every reading gives the same images in the same order, as long as nobody edits the data set.
public interface Dataset {

    LabelSet labels();

    long imageCount();

    /// Hands over every image, in the data set's order.
    void forEach(ImageVisitor visitor) throws ProblemException;

    /// Takes one image of a data set.
    @FunctionalInterface
    interface ImageVisitor {
        void visit(AnnotatedImage image) throws ProblemException;
    }

    /// A data set that is in memory already.
    static Dataset of(LabelSet labels, List<AnnotatedImage> images) {
        return new InMemory(labels, images);
    }

    /// A data set as a value.
    record InMemory(LabelSet labels, List<AnnotatedImage> images) implements Dataset {
        public InMemory {
            images = List.copyOf(images);
        }

        @Override
        public long imageCount() {
            return images.size();
        }

        @Override
        public void forEach(ImageVisitor visitor) throws ProblemException {
            for (var image : images) {
                visitor.visit(image);
            }
        }
    }
}
