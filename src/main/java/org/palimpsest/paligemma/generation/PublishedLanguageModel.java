package org.palimpsest.paligemma.generation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.palimpsest.paligemma.graph.Ports;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.ModelSession;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.runtime.RunResult;
import org.palimpsest.runtime.ValueInfo;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// The decoder of a published ONNX folder: `embed_tokens` and `decoder_model_merged`, with a cache that grows.
///
/// Names, types and sizes are read from the sessions. These graphs let every position see every other one, so prompts can
/// only share a run when they are equally long; prompts of other lengths run beside each other.
public final class PublishedLanguageModel implements LanguageModel {
    private static final String PAST = "past_key_values.";
    private static final String PRESENT = "present.";
    private static final int FIRST_POSITION = 1;

    private final ModelSession embedder;
    private final ModelSession decoder;
    private final ElementType embedsType;
    private final ElementType logitsType;
    private final List<ValueInfo> pasts;
    private final int width;
    private final int vocabularySize;
    private final boolean lastRowOnly;
    private final boolean sharesRuns;

    /// @param lastRowOnly whether the decoder was edited to give the logits of the last position only
    /// @param sharesRuns whether prompts of one length may share a run without influencing each other
    /// @throws ProblemException if these are no such graphs
    public PublishedLanguageModel(
            ModelSession embedder, ModelSession decoder, boolean lastRowOnly, boolean sharesRuns)
            throws ProblemException {
        this.embedder = embedder;
        this.decoder = decoder;
        this.sharesRuns = sharesRuns;
        ValueInfo embeds =
                require(embedder, embedder.output(Ports.INPUTS_EMBEDS), Ports.INPUTS_EMBEDS);
        ValueInfo given = require(decoder, decoder.input(Ports.INPUTS_EMBEDS), Ports.INPUTS_EMBEDS);
        ValueInfo logits = require(decoder, decoder.output(Ports.LOGITS), Ports.LOGITS);
        this.embedsType = given.elementType();
        this.logitsType = logits.elementType();
        this.width = knownSize(embeds, 2);
        this.vocabularySize = knownSize(logits, 2);
        this.pasts =
                decoder.inputs().stream().filter(info -> info.name().startsWith(PAST)).toList();
        for (ValueInfo past : pasts) {
            knownSize(past, 1);
            knownSize(past, 3);
        }
        this.lastRowOnly = lastRowOnly || decoder.input(Ports.NUM_LOGITS_TO_KEEP).isPresent();
    }

    private static ValueInfo require(ModelSession session, Optional<ValueInfo> found, String name)
            throws ProblemException {
        return found.orElseThrow(() ->
                new ProblemException(
                        "This is no PaliGemma in the published ONNX layout",
                        "expected "
                                + name
                                + ", found the inputs "
                                + session.inputs()
                                + " and the outputs "
                                + session.outputs(),
                        "Choose another ONNX folder"));
    }

    private static int knownSize(ValueInfo info, int axis) throws ProblemException {
        if (info.sizes().size() <= axis || info.sizes().get(axis) < 1) {
            throw new ProblemException(
                    "This graph leaves a size open that must be known",
                    info.name() + " has the sizes " + info.sizes() + ", axis " + axis,
                    "Choose another ONNX folder");
        }
        return Math.toIntExact(info.sizes().get(axis));
    }

    @Override
    public int vocabularySize() {
        return vocabularySize;
    }

    @Override
    public Decoding prefill(List<PromptSequence> prompts, int maxNewTokens, CancelToken cancel)
            throws ProblemException {
        var decoding = new GroupedDecoding(prompts.size());
        try {
            var byLength = new TreeMap<Integer, List<Integer>>();
            for (int i = 0; i < prompts.size(); i++) {
                int key = sharesRuns ? prompts.get(i).length() : i;
                byLength.computeIfAbsent(key, _ -> new ArrayList<>()).add(i);
            }
            for (List<Integer> members : byLength.values()) {
                var group = new Group(members);
                decoding.add(group);
                group.prefill(members.stream().map(prompts::get).toList(), cancel);
            }
            return decoding;
        } catch (ProblemException | RuntimeException e) {
            decoding.close();
            throw e;
        }
    }

    @Override
    public void close() {
        embedder.close();
        decoder.close();
    }

    private float[] embed(long[] ids, int batch, CancelToken cancel) throws ProblemException {
        var shape = Shape.of(batch, ids.length / batch);
        try (NativeTensor tensor = NativeTensor.ofLongs(shape, ids);
                RunResult result =
                        embedder.run(
                                Map.of(Ports.INPUT_IDS, tensor),
                                Set.of(Ports.INPUTS_EMBEDS),
                                cancel)) {
            return result.get(Ports.INPUTS_EMBEDS).toFloats();
        }
    }

    /// Prompts of one length, which share every run.
    private final class Group implements AutoCloseable {
        private final List<Integer> members;
        private final Map<String, NativeTensor> caches = new LinkedHashMap<>();
        private float[] logits = new float[0];
        private int length;

        Group(List<Integer> members) {
            this.members = List.copyOf(members);
        }

        void prefill(List<PromptSequence> prompts, CancelToken cancel) throws ProblemException {
            int batch = prompts.size();
            int imageTokens = prompts.getFirst().image().tokens();
            int textTokens = prompts.getFirst().tokenIds().length;
            var ids = new long[batch * textTokens];
            for (int i = 0; i < batch; i++) {
                for (int j = 0; j < textTokens; j++) {
                    ids[i * textTokens + j] = prompts.get(i).tokenIds()[j];
                }
            }
            float[] text = embed(ids, batch, cancel);
            int row = (imageTokens + textTokens) * width;
            var embeds = new float[batch * row];
            for (int i = 0; i < batch; i++) {
                float[] image = prompts.get(i).image().values();
                System.arraycopy(image, 0, embeds, i * row, image.length);
                System.arraycopy(
                        text,
                        i * textTokens * width,
                        embeds,
                        i * row + image.length,
                        textTokens * width);
            }
            for (ValueInfo past : pasts) {
                var empty = Shape.of(batch, past.sizes().get(1), 0, past.sizes().get(3));
                caches.put(past.name(), NativeTensor.allocate(past.elementType(), empty));
            }
            run(embeds, imageTokens + textTokens, cancel);
        }

        void step(int[] tokenIds, CancelToken cancel) throws ProblemException {
            long[] ids = members.stream().mapToLong(member -> tokenIds[member]).toArray();
            run(embed(ids, ids.length, cancel), 1, cancel);
        }

        private void run(float[] embeds, int queries, CancelToken cancel) throws ProblemException {
            int batch = members.size();
            var positions = new long[batch * queries];
            for (int i = 0; i < positions.length; i++) {
                positions[i] = FIRST_POSITION + length + i % queries;
            }
            int rows = lastRowOnly ? 1 : queries;
            var opened = new ArrayList<NativeTensor>();
            try (NativeTensor pinned =
                    NativeTensor.allocate(logitsType, Shape.of(batch, rows, vocabularySize))) {
                var inputs = new LinkedHashMap<String, NativeTensor>(caches);
                for (ValueInfo info : decoder.inputs()) {
                    if (!info.name().startsWith(PAST)) {
                        NativeTensor tensor = input(info, embeds, positions, batch, queries);
                        opened.add(tensor);
                        inputs.put(info.name(), tensor);
                    }
                }
                var wanted =
                        pasts.stream()
                                .map(past -> present(past.name()))
                                .collect(Collectors.toSet());
                try (RunResult result =
                        decoder.run(inputs, wanted, Map.of(Ports.LOGITS, pinned), cancel)) {
                    keep(result);
                }
                logits = lastRows(pinned, batch, rows);
                length += queries;
            } finally {
                opened.forEach(NativeTensor::close);
            }
        }

        private NativeTensor input(
                ValueInfo info, float[] embeds, long[] positions, int batch, int queries)
                throws ProblemException {
            return switch (info.name()) {
                case Ports.INPUTS_EMBEDS ->
                        NativeTensor.ofFloats(embedsType, Shape.of(batch, queries, width), embeds);
                case Ports.POSITION_IDS ->
                        NativeTensor.ofLongs(Shape.of(batch, queries), positions);
                case Ports.ATTENTION_MASK -> ones(batch, length + queries);
                case Ports.NUM_LOGITS_TO_KEEP -> NativeTensor.ofLongs(Shape.SCALAR, 1);
                case Ports.USE_CACHE_BRANCH -> {
                    NativeTensor flag = NativeTensor.allocate(ElementType.BOOL, Shape.of(1));
                    flag.tensor()
                            .memory()
                            .set(ValueLayout.JAVA_BYTE, 0, (byte) (length > 0 ? 1 : 0));
                    yield flag;
                }
                default ->
                        throw new ProblemException(
                                "This decoder asks for an input that is not known",
                                info.toString(),
                                "Choose another ONNX folder");
            };
        }

        private NativeTensor ones(int batch, int positions) {
            var ones = new long[batch * positions];
            Arrays.fill(ones, 1);
            return NativeTensor.ofLongs(Shape.of(batch, positions), ones);
        }

        /// Passes the presents on as the pasts of the next run, without a copy in Java.
        private void keep(RunResult result) {
            for (ValueInfo past : pasts) {
                NativeTensor before = caches.put(past.name(), result.take(present(past.name())));
                if (before != null) {
                    before.close();
                }
            }
        }

        private float[] lastRows(NativeTensor all, int batch, int rows) {
            MemorySegment memory = all.tensor().memory();
            var last = new float[batch * vocabularySize];
            for (int i = 0; i < batch; i++) {
                long first = ((long) (i + 1) * rows - 1) * vocabularySize;
                if (logitsType == ElementType.FLOAT32) {
                    MemorySegment.copy(
                            memory,
                            ValueLayout.JAVA_FLOAT,
                            first * Float.BYTES,
                            last,
                            i * vocabularySize,
                            vocabularySize);
                } else {
                    for (int j = 0; j < vocabularySize; j++) {
                        short half = memory.getAtIndex(ValueLayout.JAVA_SHORT, first + j);
                        last[i * vocabularySize + j] = Float.float16ToFloat(half);
                    }
                }
            }
            return last;
        }

        @Override
        public void close() {
            caches.values().forEach(NativeTensor::close);
            caches.clear();
        }
    }

    private static String present(String past) {
        return PRESENT + past.substring(PAST.length());
    }

    /// All groups of a batch.
    private final class GroupedDecoding implements Decoding {
        private final List<Group> groups = new ArrayList<>();
        private final int[] groupOf;
        private final int[] placeInGroup;

        GroupedDecoding(int prompts) {
            this.groupOf = new int[prompts];
            this.placeInGroup = new int[prompts];
        }

        void add(Group group) {
            for (int i = 0; i < group.members.size(); i++) {
                groupOf[group.members.get(i)] = groups.size();
                placeInGroup[group.members.get(i)] = i;
            }
            groups.add(group);
        }

        @Override
        public void readLogits(int prompt, float[] target) {
            Group group = groups.get(groupOf[prompt]);
            System.arraycopy(
                    group.logits, placeInGroup[prompt] * vocabularySize, target, 0, vocabularySize);
        }

        @Override
        public void step(int[] tokenIds, boolean[] active, CancelToken cancel)
                throws ProblemException {
            for (Group group : groups) {
                if (group.members.stream().anyMatch(member -> active[member])) {
                    group.step(tokenIds, cancel);
                }
            }
        }

        @Override
        public void close() {
            groups.forEach(Group::close);
        }
    }
}
