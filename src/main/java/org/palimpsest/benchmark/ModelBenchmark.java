package org.palimpsest.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.Question;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.TokenListener;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.SessionClock;

/// Takes the time of one model's answers to one question. Not thread-safe.
public final class ModelBenchmark {
    private final PaliGemma model;
    private final Picture image;
    private final String prompt;
    private final GenerationOptions options;
    private int asked;

    /// @param newTokens how long the answers may be
    public ModelBenchmark(PaliGemma model, Picture image, String prompt, int newTokens) {
        this.model = model;
        this.image = image;
        this.prompt = prompt;
        this.options = GenerationOptions.greedy(newTokens);
    }

    /// Asks as if the image had not been seen before.
    public TimedAnswer answer(Progress progress) throws ProblemException {
        asked++;
        return timed("benchmark " + asked, progress);
    }

    /// Asks about the image of the last question again, whose features the model still knows.
    public TimedAnswer answerAgain(Progress progress) throws ProblemException {
        return timed("benchmark " + asked, progress);
    }

    private TimedAnswer timed(String imageKey, Progress progress) throws ProblemException {
        var tokenTimes = new ArrayList<Long>();
        TokenListener listener = (_, _, _) -> tokenTimes.add(System.nanoTime());
        long sessions = SessionClock.nanos();
        long processor = processorNanos();
        long start = System.nanoTime();
        Answer answer =
                model.answer(
                        new Question(image, imageKey, prompt),
                        options,
                        listener,
                        Optional.empty(),
                        progress);
        long end = System.nanoTime();
        if (progress.isCancelled()) {
            throw new ProblemException("The measurement was cancelled", "", "");
        }
        var decode = new ArrayList<Double>();
        for (int i = 1; i < tokenTimes.size(); i++) {
            decode.add((tokenTimes.get(i) - tokenTimes.get(i - 1)) / 1e6);
        }
        var ids = new ArrayList<Integer>();
        for (int id : answer.generation().tokenIds()) {
            ids.add(id);
        }
        var timings = answer.generation().timings();
        return new TimedAnswer(
                timings.vision(),
                timings.prefill(),
                decode,
                (end - start) / 1e6,
                (SessionClock.nanos() - sessions) / 1e6,
                (processorNanos() - processor) / 1e6,
                ids);
    }

    /// Asks so many times, after one question that warms up.
    public List<TimedAnswer> answers(int repeat, Progress progress) throws ProblemException {
        answer(progress);
        var answers = new ArrayList<TimedAnswer>();
        for (int i = 0; i < repeat; i++) {
            progress.message("Answer " + (i + 1) + " of " + repeat);
            answers.add(answer(progress));
        }
        return answers;
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
