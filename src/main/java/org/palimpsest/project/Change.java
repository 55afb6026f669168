package org.palimpsest.project;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import java.util.List;

/// One entry of the history: an [org.palimpsest.dataset.edit.Edit] of one image, or of the labels, in terms of rows.
///
/// Labels stand by row, not by name, so that a label may be renamed without making older entries wrong.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.Added.class, name = "added"),
    @JsonSubTypes.Type(value = Change.Removed.class, name = "removed"),
    @JsonSubTypes.Type(value = Change.Replaced.class, name = "replaced"),
    @JsonSubTypes.Type(value = Change.Relabeled.class, name = "relabeled"),
    @JsonSubTypes.Type(value = Change.Detailed.class, name = "detailed"),
    @JsonSubTypes.Type(value = Change.ImageAdded.class, name = "image-added"),
    @JsonSubTypes.Type(value = Change.ImageRemoved.class, name = "image-removed"),
    @JsonSubTypes.Type(value = Change.Labels.class, name = "labels")
})
sealed interface Change {
    JavaType TYPE = Json.type(Change.class);

    Change inverse();

    /// @param index its place in the drawing order
    record Placed(int index, AnnotationRow row) {}

    record Added(List<Placed> placed) implements Change {
        @Override
        public Change inverse() {
            return new Removed(placed);
        }
    }

    record Removed(List<Placed> placed) implements Change {
        @Override
        public Change inverse() {
            return new Added(placed);
        }
    }

    record Replaced(AnnotationRow before, AnnotationRow after) implements Change {
        @Override
        public Change inverse() {
            return new Replaced(after, before);
        }
    }

    record Relabeled(List<String> objects, long from, long to) implements Change {
        @Override
        public Change inverse() {
            return new Relabeled(objects, to, from);
        }
    }

    record Detailed(DetailsRow before, DetailsRow after) implements Change {
        @Override
        public Change inverse() {
            return new Detailed(after, before);
        }
    }

    /// @param annotations in drawing order
    record ImageAdded(ImageRow image, DetailsRow details, List<AnnotationRow> annotations)
            implements Change {
        @Override
        public Change inverse() {
            return new ImageRemoved(image, details, annotations);
        }
    }

    record ImageRemoved(ImageRow image, DetailsRow details, List<AnnotationRow> annotations)
            implements Change {
        @Override
        public Change inverse() {
            return new ImageAdded(image, details, annotations);
        }
    }

    /// @param before the labels as they are, those that are only in `after` as removed ones
    /// @param after the same labels as they become
    record Labels(List<LabelRow> before, List<LabelRow> after) implements Change {
        @Override
        public Change inverse() {
            return new Labels(after, before);
        }
    }
}
