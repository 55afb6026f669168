package org.palimpsest.paligemma;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.paligemma.adapter.NamedAdapter;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.generation.FinishReason;
import org.palimpsest.paligemma.generation.Generation;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.Generator;
import org.palimpsest.paligemma.generation.ImageFeatures;
import org.palimpsest.paligemma.generation.LocationRange;
import org.palimpsest.paligemma.generation.PromptSequence;
import org.palimpsest.paligemma.generation.Sampler;
import org.palimpsest.paligemma.generation.Timings;
import org.palimpsest.paligemma.generation.TokenListener;
import org.palimpsest.paligemma.image.ImagePreprocessor;
import org.palimpsest.paligemma.mask.MaskCodec;
import org.palimpsest.paligemma.token.PromptTokens;
import org.palimpsest.paligemma.token.Tokenizer;
import org.palimpsest.paligemma.token.Tokenizers;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

/// An open PaliGemma or PaliGemma 2: pictures and prompts in; text, boxes and masks out.
///
/// Not thread-safe; cancellation through the progress may come from any thread.
public final class PaliGemma implements AutoCloseable {
    /// More than any prompt needs, and little enough that its cache can be had.
    private static final int MAX_PROMPT_TOKENS = 4096;

    private static final int LAST_BIN = 1023;
    private static final String MASK_FILE = "vae-oid.npz";
    private static final String NO_MASKS =
            "There is no vae-oid.npz beside the checkpoint, so objects come with boxes but without masks."
                    + " Put the file of big_vision's PaliGemma release into the model's folder.";

    private final LoadedModel model;
    private final Tokenizer tokenizer;
    private final PromptTokens promptTokens;
    private final ModelInfo bare;
    private final FeatureStore features;
    private final Generator generator;
    private final AnswerAssembler assembler;
    private final Optional<MaskCodec> masks;
    private ModelInfo info;

    private PaliGemma(
            LoadedModel model,
            Tokenizer tokenizer,
            Optional<MaskCodec> masks,
            ModelInfo info,
            long featureCacheBytes) {
        var preprocessor = ImagePreprocessor.of(model.config());
        this.model = model;
        this.tokenizer = tokenizer;
        this.promptTokens = new PromptTokens(tokenizer, model.config());
        this.masks = masks;
        this.bare = info;
        this.info = info;
        this.features = new FeatureStore(model, preprocessor, featureCacheBytes);
        this.generator =
                new Generator(
                        model.language(),
                        tokenizer::decode,
                        model.config().eosTokenId(),
                        firstLocationToken(tokenizer));
        this.assembler = new AnswerAssembler(preprocessor, masks);
    }

    private static OptionalInt firstLocationToken(Tokenizer tokenizer) {
        int first = tokenizer.locToken(0);
        return tokenizer.locToken(LAST_BIN) == first + LAST_BIN
                ? OptionalInt.of(first)
                : OptionalInt.empty();
    }

    /// Opens a Hugging Face folder, a Keras preset or a published ONNX folder. The caller closes the model before the
    /// runtime.
    ///
    /// @throws ProblemException if the folder is none of these, is damaged, or does not fit into memory
    public static PaliGemma open(
            Path folder, OnnxRuntime runtime, Device device, OpenOptions options, Progress progress)
            throws ProblemException {
        long start = System.nanoTime();
        var opened = new ArrayList<AutoCloseable>();
        try {
            LoadedModel model = LoadedModel.open(folder, runtime, device, options, progress);
            opened.add(model);
            progress.update(new ProgressUpdate("Loading the tokenizer", 0.8));
            Tokenizer tokenizer = Tokenizers.open(folder);
            opened.add(tokenizer);
            tokenizer.requireFits(model.language().vocabularySize());
            Path maskFile = options.maskFile().orElse(folder.resolve(MASK_FILE));
            boolean hasMasks = options.maskFile().isPresent() || Files.isRegularFile(maskFile);
            Optional<MaskCodec> masks = Optional.empty();
            if (hasMasks) {
                // 64 x 64 pixels: a GPU would spend longer on starting.
                masks = Optional.of(MaskCodec.open(maskFile, runtime, new Device.Cpu(0)));
                opened.add(masks.get());
            }
            double milliseconds = (System.nanoTime() - start) / 1e6;
            String note = hasMasks ? "" : NO_MASKS;
            ModelInfo info = model.info(folder, device, note, milliseconds);
            var open = new PaliGemma(model, tokenizer, masks, info, options.featureCacheBytes());
            if (options.adapter().isPresent()) {
                open.requireAdaptable();
                open.useAdapter(NamedAdapter.read(options.adapter().get(), model.config()));
            }
            progress.update(new ProgressUpdate("Ready", 1));
            return open;
        } catch (ProblemException | RuntimeException e) {
            closeAll(opened.reversed(), e);
            throw e;
        }
    }

    private static void closeAll(List<AutoCloseable> opened, Exception reason) {
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                reason.addSuppressed(e);
            }
        }
    }

    public ModelInfo info() {
        return info;
    }

    /// Whether adapters can be switched on and off.
    public boolean isAdaptable() {
        return model.adapters().isPresent();
    }

    /// Switches an adapter on in place of any other one, or off; the model itself stays loaded.
    ///
    /// @throws ProblemException if the model was opened without a place for adapters, or the adapter cannot be used so; the
    ///     model then goes on as before
    public void useAdapter(Optional<Adapter> adapter) throws ProblemException {
        if (adapter.isEmpty()) {
            if (info.adapter().isPresent()) {
                requireAdaptable().use(Optional.empty());
            }
            features.useAdapter("");
            info = bare;
        } else {
            useAdapter(new NamedAdapter("adapter", adapter.get()));
        }
    }

    /// As [#useAdapter(Optional)], with a name for [#info()].
    public void useAdapter(NamedAdapter adapter) throws ProblemException {
        requireAdaptable().use(Optional.of(adapter.adapter()));
        features.useAdapter(adapter.visionSha256());
        info = bare.withAdapter(new ModelInfo.ActiveAdapter(adapter.name(), adapter.sha256()));
    }

    private AdapterSwitch requireAdaptable() throws ProblemException {
        if (model.adapters().isPresent()) {
            return model.adapters().get();
        }
        boolean onnx = model.config().conventions().layout() == CheckpointLayout.ONNX;
        throw new ProblemException(
                "This model takes no adapter",
                bare.folder()
                        + (onnx
                                ? ": an ONNX folder, whose graphs have no place for one"
                                : ": it was opened without a place for one"),
                onnx
                        ? "Use the checkpoint that it was made from, or merge the adapter into that with"
                                + " palimpsest model merge and convert the result"
                        : "Open the model with an adapter");
    }

    public PaliGemmaConfig config() {
        return model.config();
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /// Turns mask tokens into masks and back; empty for a checkpoint without `vae-oid.npz`.
    public Optional<MaskCodec> masks() {
        return masks;
    }

    /// Answers one prompt. A second prompt on the same pixels skips the vision encoder.
    public Answer answer(
            Picture image,
            String prompt,
            GenerationOptions options,
            TokenListener listener,
            Progress progress)
            throws ProblemException {
        return answer(Question.of(image, prompt), options, listener, Optional.empty(), progress);
    }

    /// Answers one prompt.
    ///
    /// @param trace filled with what happens inside the model, where wanted
    public Answer answer(
            Question question,
            GenerationOptions options,
            TokenListener listener,
            Optional<AnswerTrace> trace,
            Progress progress)
            throws ProblemException {
        return answerAll(List.of(question), options, List.of(listener), trace, progress).getFirst();
    }

    /// Answers all questions together; each gets the answer that it would get alone. A cancelled batch returns what there is
    /// so far, with [FinishReason#CANCELLED].
    public List<Answer> answerBatch(
            List<Question> questions, GenerationOptions options, Progress progress)
            throws ProblemException {
        return answerBatch(questions, options, List.of(), progress);
    }

    /// Answers all questions together.
    ///
    /// @param listeners one for each question, or none
    public List<Answer> answerBatch(
            List<Question> questions,
            GenerationOptions options,
            List<TokenListener> listeners,
            Progress progress)
            throws ProblemException {
        return answerAll(questions, options, listeners, Optional.empty(), progress);
    }

    /// The objects in an answer that is being written, as far as they are complete: the same that [#answer] will find at the
    /// beginning of the whole.
    ///
    /// @param textSoFar as a [TokenListener] hears it
    public List<PlacedLabel> complete(Question question, String textSoFar) {
        return assembler.complete(question, textSoFar);
    }

    /// Reads a text as the answer to a question, as if the model had written it: objects, places and masks, without scores.
    public Answer read(Question question, String text) throws ProblemException {
        var none = new float[0];
        var written =
                new Generation(
                        new int[0],
                        new int[0],
                        none,
                        none,
                        new LocationRange[0],
                        new int[0],
                        text,
                        FinishReason.END_OF_SEQUENCE,
                        Timings.NONE);
        return assembler.assemble(question, written, Optional.empty());
    }

    /// How probable the model finds a text as its answer, the end of the answer included.
    ///
    /// @param text not empty
    public TextLikelihood likelihood(Question question, String text, Progress progress)
            throws ProblemException {
        int[] ids = promptTokens.ofAnswer(text);
        var given = new Sampler.Given(Arrays.stream(ids).boxed().toList());
        var generation =
                answerBatch(List.of(question), new GenerationOptions(ids.length, given), progress)
                        .getFirst()
                        .generation();
        if (generation.finishReason() == FinishReason.CANCELLED) {
            throw new ProblemException("The text was not judged", "cancelled", "");
        }
        double sum = 0;
        for (float logProbability : generation.tokenLogProbabilities()) {
            sum += logProbability;
        }
        return new TextLikelihood(sum, generation.tokenIds().length);
    }

    private List<Answer> answerAll(
            List<Question> questions,
            GenerationOptions options,
            List<TokenListener> listeners,
            Optional<AnswerTrace> trace,
            Progress progress)
            throws ProblemException {
        if (questions.isEmpty()) {
            return List.of();
        }
        long start = System.nanoTime();
        var cancel = new CancelToken(progress::isCancelled);
        var texts = new ArrayList<int[]>();
        for (Question question : questions) {
            texts.add(textTokens(question.prompt()));
        }
        double tokenizing = (System.nanoTime() - start) / 1e6;
        FeatureStore.Result seen;
        List<Generation> generations;
        try {
            seen = features.of(questions, trace, cancel);
            var prompts = new ArrayList<PromptSequence>();
            for (int i = 0; i < questions.size(); i++) {
                prompts.add(new PromptSequence(seen.features().get(i), texts.get(i)));
            }
            var heard =
                    new Generator.Listeners(
                            listeners,
                            (_, _, logits) -> trace.ifPresent(each -> each.logits(logits)));
            generations = generator.generate(prompts, options, heard, cancel);
        } catch (CancellationException e) {
            seen = new FeatureStore.Result(List.<ImageFeatures>of(), 0, 0);
            generations = texts.stream().map(PaliGemma::cancelled).toList();
        }
        var answers = new ArrayList<Answer>();
        double total = (System.nanoTime() - start) / 1e6;
        for (int i = 0; i < questions.size(); i++) {
            Generation generation = generations.get(i);
            var timings =
                    new Timings(
                            info.loadMilliseconds(),
                            tokenizing + seen.preprocessMilliseconds(),
                            seen.visionMilliseconds(),
                            generation.timings().prefill(),
                            generation.timings().decode(),
                            total);
            int[] ids = withImageTokens(texts.get(i));
            trace.ifPresent(each -> each.inputIds(ids));
            answers.add(assembler.assemble(questions.get(i), generation.with(ids, timings), trace));
        }
        return answers;
    }

    private static Generation cancelled(int[] text) {
        var none = new float[0];
        return new Generation(
                text,
                new int[0],
                none,
                none,
                new LocationRange[0],
                new int[0],
                "",
                FinishReason.CANCELLED,
                Timings.NONE);
    }

    private int[] textTokens(String prompt) throws ProblemException {
        int[] tokens = promptTokens.ofPrompt(prompt);
        if (tokens.length - 1 > MAX_PROMPT_TOKENS) {
            throw new ProblemException(
                    "The prompt is too long",
                    tokens.length - 1 + " tokens, at most " + MAX_PROMPT_TOKENS + " are possible",
                    "Shorten the prompt");
        }
        return tokens;
    }

    /// What the checkpoint's own library would be given; Keras presets have no token for image features.
    private int[] withImageTokens(int[] text) {
        PaliGemmaConfig config = model.config();
        if (config.imageTokenId() == PaliGemmaConfig.NO_IMAGE_TOKEN) {
            return text;
        }
        var ids = new int[config.numImageTokens() + text.length];
        Arrays.fill(ids, 0, config.numImageTokens(), config.imageTokenId());
        System.arraycopy(text, 0, ids, config.numImageTokens(), text.length);
        return ids;
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
        masks.ifPresent(MaskCodec::close);
    }
}
