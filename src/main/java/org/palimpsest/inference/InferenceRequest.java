package org.palimpsest.inference;

import java.util.Optional;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.paligemma.prompt.Task;

/// One question about one image.
///
/// @param maxNewTokens where the answer is cut, at least 1
/// @param scope what of the image the model is shown
/// @param model who answers; empty for the model that is chosen when the request's turn comes
/// @param written an answer that a person wrote or put right, which is only read; empty to ask the model
public record InferenceRequest(
        ImageEntry image,
        Task task,
        int maxNewTokens,
        Priority priority,
        Scope scope,
        Optional<ModelChoice> model,
        Optional<String> written) {
    private static final String WRITTEN = "answer-edited";

    public InferenceRequest {
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("No room for an answer: " + maxNewTokens);
        }
        if (scope instanceof Scope.Sliced && (task.labels().isEmpty() || written.isPresent())) {
            throw new IllegalArgumentException("Only objects can be looked for in tiles: " + task);
        }
    }

    /// A question about a whole image, to the model that is chosen.
    public InferenceRequest(ImageEntry image, Task task, int maxNewTokens, Priority priority) {
        this(image, task, maxNewTokens, priority, Scope.WHOLE, Optional.empty(), Optional.empty());
    }

    public InferenceRequest withScope(Scope wanted) {
        return new InferenceRequest(image, task, maxNewTokens, priority, wanted, model, written);
    }

    public InferenceRequest withModel(ModelChoice wanted) {
        return new InferenceRequest(
                image, task, maxNewTokens, priority, scope, Optional.of(wanted), written);
    }

    public InferenceRequest withWritten(String answer) {
        return new InferenceRequest(
                image, task, maxNewTokens, priority, scope, model, Optional.of(answer));
    }

    /// What provenance says of how the answer was made.
    String settings() {
        var settings = scope.settings();
        if (written.isEmpty()) {
            return settings;
        }
        return settings.isEmpty() ? WRITTEN : settings + " " + WRITTEN;
    }
}
