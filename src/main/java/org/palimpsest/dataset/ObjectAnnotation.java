package org.palimpsest.dataset;

import org.palimpsest.geometry.Region;

import java.time.Instant;

/// An object in an image: what it is and where.
///
/// @param label the name of its [Label]
/// @param region in pixels of the upright image
public record ObjectAnnotation(
        AnnotationId id, String label, Region region, Provenance provenance, ReviewState review)
        implements Annotation {

    /// @throws IllegalArgumentException if the label is no label name
    public ObjectAnnotation {
        Label.requireName(label);
    }

    /// A new object that nobody has reviewed.
    public static ObjectAnnotation of(String label, Region region, Provenance provenance) {
        return new ObjectAnnotation(
                AnnotationId.random(), label, region, provenance, ReviewState.UNREVIEWED);
    }

    /// The object as a person moved or reshaped it, which accepts it.
    public ObjectAnnotation correctRegion(Region corrected, String by, Instant at) {
        return new ObjectAnnotation(
                id, label, corrected, provenance.correctedBy(by, at), ReviewState.ACCEPTED);
    }

    /// The object as a person renamed it, which accepts it.
    public ObjectAnnotation correctLabel(String corrected, String by, Instant at) {
        return new ObjectAnnotation(
                id, corrected, region, provenance.correctedBy(by, at), ReviewState.ACCEPTED);
    }

    @Override
    public ObjectAnnotation withReview(ReviewState reviewed) {
        return new ObjectAnnotation(id, label, region, provenance, reviewed);
    }
}
