package org.palimpsest.training.data;

import java.util.List;

/// The examples that can be trained on, and what was noticed about all that were given.
///
/// @param examples at least one, in the order in which they were given
public record EncodedExamples(List<EncodedExample> examples, ExampleReport report) {
    public EncodedExamples {
        examples = List.copyOf(examples);
    }

    /// The tokens of each, as [BatchPlan] wants them.
    public int[] lengths() {
        return examples.stream().mapToInt(EncodedExample::length).toArray();
    }

    /// All target tokens together.
    public long targets() {
        return examples.stream().mapToLong(example -> example.suffixIds().length).sum();
    }
}
