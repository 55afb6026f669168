package org.palimpsest.paligemma.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;

/// Lets a language model answer: prefill, then token by token until each prompt has its end. Not thread-safe.
public final class Generator {
    private static final int LOCATION_BINS = 1024;

    /// Bins on either side of a location token that count as the same place: 1.6 % of the image's side.
    private static final int SAME_PLACE = 16;

    private final LanguageModel model;
    private final TextDecoder decoder;
    private final int endOfSequence;
    private final OptionalInt firstLocationToken;

    /// @param firstLocationToken the token of bin 0, if the bins' 1024 tokens follow each other in the vocabulary
    public Generator(
            LanguageModel model,
            TextDecoder decoder,
            int endOfSequence,
            OptionalInt firstLocationToken) {
        this.model = model;
        this.decoder = decoder;
        this.endOfSequence = endOfSequence;
        this.firstLocationToken = firstLocationToken;
    }

    /// Who hears of a generation while it lasts.
    ///
    /// @param tokens one for each prompt, or empty
    public record Listeners(List<TokenListener> tokens, LogitListener logits) {
        public static final Listeners NONE = new Listeners(List.of(), LogitListener.NONE);

        TokenListener tokensOf(int prompt) {
            return prompt < tokens.size() ? tokens.get(prompt) : TokenListener.NONE;
        }
    }

    /// Answers all prompts together. Each gets the tokens that it would get alone.
    ///
    /// When cancelled, what there is so far is returned with [FinishReason#CANCELLED].
    public List<Generation> generate(
            List<PromptSequence> prompts,
            GenerationOptions options,
            Listeners listeners,
            CancelToken cancel)
            throws ProblemException {
        var answers = new ArrayList<AnswerInProgress>();
        for (int i = 0; i < prompts.size(); i++) {
            answers.add(
                    new AnswerInProgress(
                            i, TokenChooser.of(options.sampler()), listeners.tokensOf(i)));
        }
        long start = System.nanoTime();
        long afterPrefill = start;
        try (LanguageModel.Decoding decoding =
                model.prefill(prompts, options.maxNewTokens(), cancel)) {
            afterPrefill = System.nanoTime();
            decode(decoding, answers, options.maxNewTokens(), listeners.logits(), cancel);
        } catch (CancellationException e) {
            afterPrefill = Math.max(afterPrefill, start);
        }
        double prefill = (afterPrefill - start) / 1e6;
        double decode = (System.nanoTime() - afterPrefill) / 1e6;
        var timings = new Timings(0, 0, 0, prefill, decode, prefill + decode);
        var generations = new ArrayList<Generation>();
        for (int i = 0; i < prompts.size(); i++) {
            generations.add(answers.get(i).toGeneration(prompts.get(i).tokenIds(), timings));
        }
        return generations;
    }

    private void decode(
            LanguageModel.Decoding decoding,
            List<AnswerInProgress> answers,
            int maxNewTokens,
            LogitListener trace,
            CancelToken cancel)
            throws ProblemException {
        var logits = new float[model.vocabularySize()];
        var next = new int[answers.size()];
        var active = new boolean[answers.size()];
        for (int step = 0; step < maxNewTokens; step++) {
            for (AnswerInProgress answer : answers) {
                if (answer.finished) {
                    continue;
                }
                decoding.readLogits(answer.prompt, logits);
                trace.logits(answer.prompt, step, logits);
                next[answer.prompt] = answer.accept(logits);
            }
            boolean any = false;
            for (AnswerInProgress answer : answers) {
                if (!answer.finished && step == maxNewTokens - 1) {
                    answer.finish(FinishReason.LENGTH);
                }
                active[answer.prompt] = !answer.finished;
                any |= !answer.finished;
            }
            if (!any) {
                return;
            }
            decoding.step(next, active, cancel);
        }
    }

    /// The tokens of one prompt so far.
    private final class AnswerInProgress {
        private final int prompt;
        private final TokenChooser chooser;
        private final TokenListener listener;
        private int[] ids = new int[16];
        private float[] logProbabilities = new float[16];
        private float[] confidences = new float[16];
        private LocationRange[] locations = new LocationRange[16];
        private int[] textEnds = new int[16];
        private int count;
        private String text = "";
        private boolean finished;

        /// Stands until another reason is known.
        private FinishReason reason = FinishReason.CANCELLED;

        AnswerInProgress(int prompt, TokenChooser chooser, TokenListener listener) {
            this.prompt = prompt;
            this.chooser = chooser;
            this.listener = listener;
        }

        int accept(float[] logits) throws ProblemException {
            int token = chooser.choose(logits);
            if (token < 0) {
                throw new ProblemException(
                        "The model computed something that is not a number",
                        "logits of token " + (count + 1),
                        "Its numbers may overflow in half precision: choose another dtype or device");
            }
            double logSumExp = Logits.logSumExp(logits);
            // Rounding may lift a certain token above 1.
            float logProbability = (float) Math.min(0, logits[token] - logSumExp);
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
                logProbabilities = Arrays.copyOf(logProbabilities, 2 * count);
                confidences = Arrays.copyOf(confidences, 2 * count);
                locations = Arrays.copyOf(locations, 2 * count);
                textEnds = Arrays.copyOf(textEnds, 2 * count);
            }
            ids[count] = token;
            logProbabilities[count] = logProbability;
            confidences[count] = (float) Math.exp(logProbability);
            readLocation(token, logits, logSumExp);
            count++;
            if (token == endOfSequence) {
                finish(FinishReason.END_OF_SEQUENCE);
            } else {
                text = decoder.decode(Arrays.copyOf(ids, count));
            }
            textEnds[count - 1] = text.length();
            listener.token(token, text, logProbability);
            return token;
        }

        private void readLocation(int token, float[] logits, double logSumExp) {
            locations[count] = LocationRange.NONE;
            if (firstLocationToken.isEmpty()) {
                return;
            }
            int first = firstLocationToken.getAsInt();
            int end = first + LOCATION_BINS;
            if (token >= first && token < end) {
                locations[count] = Logits.range(logits, first, LOCATION_BINS);
                confidences[count] =
                        (float)
                                Logits.probability(
                                        logits,
                                        Math.max(first, token - SAME_PLACE),
                                        Math.min(end, token + SAME_PLACE + 1),
                                        logSumExp);
            }
        }

        void finish(FinishReason why) {
            finished = true;
            reason = why;
        }

        Generation toGeneration(int[] promptTokenIds, Timings timings) {
            return new Generation(
                    promptTokenIds,
                    Arrays.copyOf(ids, count),
                    Arrays.copyOf(logProbabilities, count),
                    Arrays.copyOf(confidences, count),
                    Arrays.copyOf(locations, count),
                    Arrays.copyOf(textEnds, count),
                    text,
                    reason,
                    timings);
        }
    }
}
