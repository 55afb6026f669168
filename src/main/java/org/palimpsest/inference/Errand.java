package org.palimpsest.inference;

import java.util.concurrent.CompletableFuture;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;

/// What the service's thread has to do next.
sealed interface Errand {

    /// Open the model that was chosen.
    record Open() implements Errand {}

    /// Turn a mask into codes.
    record Encode(Mask mask, Box box, CompletableFuture<int[]> codes) implements Errand {}

    /// Open a model if it is not open, and tell what it is.
    record Introduce(ModelChoice choice, CompletableFuture<ModelCard> card) implements Errand {}

    record Answer(InferenceJob job) implements Errand {}

    /// Nothing more will come.
    record End() implements Errand {}
}
