package org.palimpsest.training.data;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.paligemma.image.ImagePreprocessor;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.data.BatchPlan.Draw;

/// Reads, varies and resizes the images of the next batches in the background while the model is busy with one.
///
/// Batches come in the order of the plan, whichever image is ready first. Memory: pixel values of `ahead` batches and of
/// the one that was taken, and one decoded picture for each thread.
///
/// Belongs to one thread; the threads that it starts end when it is closed.
public final class BatchLoader implements AutoCloseable {
    private static final int SECONDS_TO_END = 10;

    private final Source source;
    private final Iterator<List<Draw>> plan;
    private final int ahead;
    private final ExecutorService executor;
    private final Queue<Pending> pending = new ArrayDeque<>();

    private BatchLoader(Source source, Iterator<List<Draw>> plan, int ahead, int threads) {
        this.source = source;
        this.plan = plan;
        this.ahead = ahead;
        this.executor =
                Executors.newFixedThreadPool(
                        threads,
                        Thread.ofPlatform().daemon().name("training-images-", 0).factory());
    }

    /// Where batches come from.
    ///
    /// @param examples what the draws' indices mean
    /// @param seeds of the augmentation of a draw, such as [BatchPlan#seedOf]
    /// @param needsPixels asked from any thread, when a batch is prepared, for each image file; where it says no, the
    /// file is not opened and nothing is augmented, because what the model makes of the file is known
    public record Source(
            List<EncodedExample> examples,
            ExampleEncoder encoder,
            ImagePreprocessor preprocessor,
            Augmentation augmentation,
            ToLongFunction<Draw> seeds,
            Predicate<Path> needsPixels) {
        public Source {
            examples = List.copyOf(examples);
        }
    }

    /// Begins to load. The caller closes it.
    ///
    /// @param plan micro-batches, with or without an end
    /// @param ahead micro-batches that are prepared before they are asked for
    /// @param threads that decode images; each holds one picture in its full size
    public static BatchLoader open(
            Source source, Iterator<List<Draw>> plan, int ahead, int threads) {
        if (ahead < 1 || threads < 1) {
            throw new IllegalArgumentException(ahead + " batches ahead, " + threads + " threads");
        }
        var loader = new BatchLoader(source, plan, ahead, threads);
        loader.fill();
        return loader;
    }

    public boolean hasNext() {
        return !pending.isEmpty();
    }

    /// The next batch; waits until its images are there.
    ///
    /// @throws ProblemException naming the file, if an image of this batch cannot be decoded
    /// @throws CancellationException if the thread was interrupted while it waited
    /// @throws NoSuchElementException if the plan has ended
    public LoadedBatch next() throws ProblemException {
        if (executor.isShutdown()) {
            throw new IllegalStateException("The loader is closed");
        }
        Pending batch = pending.remove();
        fill();
        var examples = new ArrayList<EncodedExample>();
        var pixels = new ArrayList<Optional<float[]>>();
        for (Future<Loaded> each : batch.images()) {
            Loaded loaded = await(each);
            examples.add(loaded.example());
            pixels.add(loaded.pixels());
        }
        return new LoadedBatch(batch.draws(), examples, pixels);
    }

    private void fill() {
        while (pending.size() < ahead && plan.hasNext()) {
            List<Draw> draws = plan.next();
            var images = draws.stream().map(draw -> executor.submit(() -> load(draw))).toList();
            pending.add(new Pending(draws, images));
        }
    }

    private static Loaded await(Future<Loaded> image) throws ProblemException {
        try {
            return image.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while images were read");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ProblemException problem ->
                        throw new ProblemException(problem.problem(), problem);
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private Loaded load(Draw draw) throws ProblemException {
        EncodedExample encoded = source.examples().get(draw.example());
        Example example = encoded.example();
        if (!source.needsPixels().test(example.image())) {
            return new Loaded(encoded, Optional.empty());
        }
        var augmented =
                source.augmentation()
                        .apply(
                                ImageFiles.read(example.image()),
                                example,
                                source.seeds().applyAsLong(draw));
        float[] pixels = source.preprocessor().toPixelValues(augmented.picture());
        return new Loaded(
                augmented.example().equals(example)
                        ? encoded
                        : source.encoder().encode(augmented.example()),
                Optional.of(pixels));
    }

    /// Gives up what was not taken and waits for the threads to end.
    @Override
    public void close() {
        executor.shutdownNow();
        pending.clear();
        try {
            executor.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Pending(List<Draw> draws, List<Future<Loaded>> images) {}

    private record Loaded(EncodedExample example, Optional<float[]> pixels) {}
}
