package org.palimpsest.paligemma.generation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.palimpsest.paligemma.config.TextConfig;
import org.palimpsest.paligemma.graph.Ports;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.ModelSession;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// The decoder as our own graph, with a KV cache of fixed capacity that is written in place.
///
/// Prompts of a batch are padded on the right; each has its own length, positions and place to write.
public final class GraphLanguageModel implements LanguageModel {
    /// Capacities are multiples of this, so that rows of scores are whole vectors.
    private static final int CAPACITY_STEP = 16;

    private final ModelSession session;
    private final TextConfig config;
    private final int firstPosition;
    private final ElementType cacheType;
    private final AttentionMasks masks;

    /// @param session a session of a graph from [org.palimpsest.paligemma.graph.DecoderGraph]; closed with this model
    /// @param firstPosition the number of the first position: 1 in Hugging Face's library, 0 in KerasHub
    public GraphLanguageModel(ModelSession session, TextConfig config, int firstPosition) {
        this.session = session;
        this.config = config;
        this.firstPosition = firstPosition;
        this.cacheType = session.input(Ports.pastKey(0)).orElseThrow().elementType();
        this.masks =
                new AttentionMasks(config, session.input(Ports.MASK).orElseThrow().elementType());
    }

    @Override
    public int vocabularySize() {
        return config.vocabularySize();
    }

    @Override
    public Decoding prefill(List<PromptSequence> prompts, int maxNewTokens, CancelToken cancel)
            throws ProblemException {
        int longest = prompts.stream().mapToInt(PromptSequence::length).max().orElseThrow();
        // The last token is chosen but never fed.
        int capacity = roundUp(longest + maxNewTokens - 1);
        CachedDecoding decoding;
        try {
            decoding = new CachedDecoding(prompts.size(), capacity);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(prompts.size(), capacity, e);
        }
        try {
            decoding.prefill(prompts, cancel);
            return decoding;
        } catch (ProblemException | RuntimeException e) {
            decoding.close();
            throw e;
        } catch (OutOfMemoryError e) {
            decoding.close();
            throw outOfMemory(prompts.size(), capacity, e);
        }
    }

    private static ProblemException outOfMemory(int batch, int capacity, OutOfMemoryError cause) {
        return new ProblemException(
                new Problem(
                        "Not enough memory for the answer",
                        batch + " prompt(s) of up to " + capacity + " positions: " + cause,
                        "Use a smaller batch or fewer new tokens, or close other programs"),
                cause);
    }

    private static int roundUp(int positions) {
        return Math.ceilDiv(positions, CAPACITY_STEP) * CAPACITY_STEP;
    }

    @Override
    public void close() {
        session.close();
    }

    /// One batch on its way.
    private final class CachedDecoding implements Decoding {
        private final int batch;
        private final KvCache cache;
        private final NativeTensor logits;
        private final int[] lengths;

        CachedDecoding(int batch, int capacity) {
            this.batch = batch;
            this.lengths = new int[batch];
            this.cache = new KvCache(config, cacheType, batch, capacity);
            this.logits =
                    NativeTensor.allocate(
                            ElementType.FLOAT32, Shape.of(batch, config.vocabularySize()));
        }

        void prefill(List<PromptSequence> prompts, CancelToken cancel) throws ProblemException {
            int imageTokens = prompts.getFirst().image().tokens();
            int longestText = 0;
            for (int i = 0; i < batch; i++) {
                PromptSequence prompt = prompts.get(i);
                if (prompt.image().tokens() != imageTokens) {
                    throw new IllegalArgumentException("Images of different sizes in one batch");
                }
                lengths[i] = prompt.length();
                longestText = Math.max(longestText, prompt.tokenIds().length);
            }
            int queries = imageTokens + longestText;
            boolean local = masks.windowMatters(cache.capacity());
            try (NativeTensor images = images(prompts, imageTokens);
                    NativeTensor tokens = tokens(prompts, longestText);
                    NativeTensor global =
                            masks.ofPrompts(lengths, queries, cache.capacity(), false);
                    NativeTensor window =
                            local
                                    ? masks.ofPrompts(lengths, queries, cache.capacity(), true)
                                    : none()) {
                var starts = new int[batch];
                run(images, tokens, starts, queries, global, local ? window : global, cancel);
            }
        }

        @Override
        public void step(int[] tokenIds, boolean[] active, CancelToken cancel)
                throws ProblemException {
            // A finished prompt writes its row once more behind its end, where nobody looks.
            int last = cache.capacity() - 1;
            var positions = Arrays.stream(lengths).map(length -> Math.min(length, last)).toArray();
            boolean local = masks.windowMatters(cache.capacity());
            var ids = Arrays.stream(tokenIds).asLongStream().toArray();
            try (NativeTensor images = noImages();
                    NativeTensor tokens = NativeTensor.ofLongs(Shape.of(batch, 1), ids);
                    NativeTensor global = masks.ofTokens(positions, cache.capacity(), false);
                    NativeTensor window =
                            local ? masks.ofTokens(positions, cache.capacity(), true) : none()) {
                run(images, tokens, positions, 1, global, local ? window : global, cancel);
            }
            for (int i = 0; i < batch; i++) {
                if (active[i]) {
                    lengths[i]++;
                }
            }
        }

        private void run(
                NativeTensor images,
                NativeTensor tokens,
                int[] starts,
                int queries,
                NativeTensor global,
                NativeTensor local,
                CancelToken cancel)
                throws ProblemException {
            var positions = new long[batch * queries];
            var writeIndices = new long[batch];
            var lastIndices = new long[batch];
            for (int i = 0; i < batch; i++) {
                writeIndices[i] = starts[i];
                lastIndices[i] = queries == 1 ? 0 : lengths[i] - 1;
                for (int query = 0; query < queries; query++) {
                    positions[i * queries + query] = firstPosition + starts[i] + query;
                }
            }
            var inputs = new LinkedHashMap<String, NativeTensor>();
            inputs.put(Ports.IMAGE_FEATURES, images);
            inputs.put(Ports.TOKEN_IDS, tokens);
            inputs.put(Ports.MASK, global);
            if (config.slidingWindow().isPresent()) {
                inputs.put(Ports.LOCAL_MASK, local);
            }
            cache.addInputs(inputs);
            Map<String, NativeTensor> outputs = new LinkedHashMap<>();
            outputs.put(Ports.LOGITS, logits);
            cache.addOutputs(outputs);
            try (NativeTensor positionTensor =
                            NativeTensor.ofLongs(Shape.of(batch, queries), positions);
                    NativeTensor writeTensor = NativeTensor.ofLongs(Shape.of(batch), writeIndices);
                    NativeTensor lastTensor =
                            NativeTensor.ofLongs(Shape.of(batch, 1), lastIndices)) {
                inputs.put(Ports.POSITIONS, positionTensor);
                inputs.put(Ports.WRITE_INDEX, writeTensor);
                inputs.put(Ports.LAST_INDEX, lastTensor);
                session.run(inputs, Set.of(), outputs, cancel).close();
            }
        }

        private NativeTensor images(List<PromptSequence> prompts, int imageTokens) {
            int width = config.hiddenDim();
            NativeTensor images =
                    NativeTensor.allocate(ElementType.FLOAT32, Shape.of(batch, imageTokens, width));
            for (int i = 0; i < batch; i++) {
                float[] values = prompts.get(i).image().values();
                MemorySegment.copy(
                        values,
                        0,
                        images.tensor().memory(),
                        ValueLayout.JAVA_FLOAT,
                        (long) i * values.length * Float.BYTES,
                        values.length);
            }
            return images;
        }

        private NativeTensor tokens(List<PromptSequence> prompts, int longestText) {
            var ids = new long[batch * longestText];
            for (int i = 0; i < batch; i++) {
                int[] own = prompts.get(i).tokenIds();
                for (int j = 0; j < own.length; j++) {
                    ids[i * longestText + j] = own[j];
                }
            }
            return NativeTensor.ofLongs(Shape.of(batch, longestText), ids);
        }

        private NativeTensor noImages() {
            return NativeTensor.allocate(
                    ElementType.FLOAT32, Shape.of(batch, 0, config.hiddenDim()));
        }

        private NativeTensor none() {
            return NativeTensor.allocate(ElementType.FLOAT32, Shape.of(0));
        }

        @Override
        public void readLogits(int prompt, float[] target) {
            MemorySegment.copy(
                    logits.tensor().memory(),
                    ValueLayout.JAVA_FLOAT,
                    (long) prompt * target.length * Float.BYTES,
                    target,
                    0,
                    target.length);
        }

        @Override
        public void close() {
            cache.close();
            logits.close();
        }
    }
}
