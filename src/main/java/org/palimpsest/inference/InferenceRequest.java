package org.palimpsest.inference;

import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.paligemma.prompt.Task;

/// One question about one image.
///
/// @param maxNewTokens where the answer is cut, at least 1
public record InferenceRequest(ImageEntry image, Task task, int maxNewTokens, Priority priority) {
    public InferenceRequest {
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("No room for an answer: " + maxNewTokens);
        }
    }
}
