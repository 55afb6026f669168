package org.palimpsest.ui.exchange;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.format.jsonl.PaliGemmaFormat;
import org.palimpsest.paligemma.token.Tokenizer;
import org.palimpsest.paligemma.token.Tokenizers;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the tokenizer of the model in use at hand for exports to its trainers; kept open, as opening one takes a while.
///
/// Thread-safe.
final class TokenCounter {
    private static final Logger LOG = LoggerFactory.getLogger(TokenCounter.class);

    private @Nullable Path folder;
    private Optional<Tokenizer> tokenizer = Optional.empty();

    /// The order with the tokenizer of its model; as it is where the format counts no tokens or there is none.
    synchronized ExportOrder counting(ExportOrder order) {
        if (!(order.format() instanceof PaliGemmaFormat) || order.model().isEmpty()) {
            return order;
        }
        var model = order.model().get();
        if (!model.equals(folder)) {
            // The one before is left to whoever still counts with it.
            folder = model;
            tokenizer = open(model);
        }
        return tokenizer
                .map(counter -> order.withOptions(order.options().withTokenizer(counter)))
                .orElse(order);
    }

    private static Optional<Tokenizer> open(Path model) {
        try {
            return Optional.of(Tokenizers.open(model));
        } catch (ProblemException e) {
            LOG.info("No tokens are counted: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
