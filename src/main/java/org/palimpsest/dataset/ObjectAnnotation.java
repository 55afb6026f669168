package org.palimpsest.dataset;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.palimpsest.geometry.Region;

/// An object in an image: what it is and where.
///
/// @param label the name of its [Label]
/// @param region in pixels of the upright image
/// @param crowd whether it stands for a group that was not marked one by one (COCO's `iscrowd`)
/// @param attributes further properties by name, such as `occluded`: `true`
public record ObjectAnnotation(
        AnnotationId id,
        String label,
        Region region,
        Provenance provenance,
        ReviewState review,
        boolean crowd,
        SortedMap<String, String> attributes)
        implements Annotation {

    /// @throws IllegalArgumentException if the label is no label name
    public ObjectAnnotation {
        Label.requireName(label);
        attributes = Attributes.copyOf(attributes);
    }

    /// One object without further properties.
    public ObjectAnnotation(
            AnnotationId id,
            String label,
            Region region,
            Provenance provenance,
            ReviewState review) {
        this(id, label, region, provenance, review, false, Attributes.NONE);
    }

    /// A new object that nobody has reviewed.
    public static ObjectAnnotation of(String label, Region region, Provenance provenance) {
        return new ObjectAnnotation(
                AnnotationId.random(), label, region, provenance, ReviewState.UNREVIEWED);
    }

    /// The object as a person moved or reshaped it, which accepts it.
    public ObjectAnnotation correctRegion(Region corrected, String by, Instant at) {
        return new ObjectAnnotation(
                id,
                label,
                corrected,
                provenance.correctedBy(by, at, original()),
                ReviewState.ACCEPTED,
                crowd,
                attributes);
    }

    /// The object as a person renamed it, which accepts it.
    public ObjectAnnotation correctLabel(String corrected, String by, Instant at) {
        return new ObjectAnnotation(
                id,
                corrected,
                region,
                provenance.correctedBy(by, at, original()),
                ReviewState.ACCEPTED,
                crowd,
                attributes);
    }

    private Original original() {
        return new Original.OfObject(label, region);
    }

    @Override
    public ObjectAnnotation withReview(ReviewState reviewed) {
        return new ObjectAnnotation(id, label, region, provenance, reviewed, crowd, attributes);
    }

    /// The same object under another label, as when labels are merged: not a correction.
    public ObjectAnnotation withLabel(String changed) {
        return new ObjectAnnotation(id, changed, region, provenance, review, crowd, attributes);
    }

    public ObjectAnnotation withRegion(Region changed) {
        return new ObjectAnnotation(id, label, changed, provenance, review, crowd, attributes);
    }

    public ObjectAnnotation withCrowd(boolean changed) {
        return new ObjectAnnotation(id, label, region, provenance, review, changed, attributes);
    }

    public ObjectAnnotation withAttributes(Map<String, String> changed) {
        return new ObjectAnnotation(
                id, label, region, provenance, review, crowd, new TreeMap<>(changed));
    }
}
