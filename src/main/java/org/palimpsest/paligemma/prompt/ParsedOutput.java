package org.palimpsest.paligemma.prompt;

import java.util.List;

/// What an answer of the model says.
public sealed interface ParsedOutput {
    /// Plain text.
    record GeneratedText(String text) implements ParsedOutput {}

    /// Boxes; none if the model found nothing.
    record DetectedObjects(List<DetectedObject> objects) implements ParsedOutput {
        public DetectedObjects {
            objects = List.copyOf(objects);
        }
    }

    /// Boxes with masks; none if the model found nothing.
    record SegmentedObjects(List<SegmentedObject> objects) implements ParsedOutput {
        public SegmentedObjects {
            objects = List.copyOf(objects);
        }
    }

    /// An answer that does not keep to the form its task asks for.
    ///
    /// @param text the whole answer
    /// @param reason what is wrong at the first fault, in words
    /// @param position where the first fault is, as a character index of the text
    /// @param understood everything in the answer that is well formed; never malformed itself
    record Malformed(String text, String reason, int position, ParsedOutput understood)
            implements ParsedOutput {
        public Malformed {
            if (understood instanceof Malformed) {
                throw new IllegalArgumentException("The understood part is malformed itself");
            }
            if (position < 0 || position > text.length()) {
                throw new IllegalArgumentException("No such place in the answer: " + position);
            }
        }
    }

    /// This output, or the well-formed part of a malformed one.
    default ParsedOutput wellFormed() {
        return this instanceof Malformed malformed ? malformed.understood() : this;
    }
}
