package org.palimpsest.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.paligemma.image.ImagePreprocessor;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.data.BatchPlan.Draw;

class BatchLoaderTest {
    private static final int IMAGES = 12;

    @TempDir Path folder;
    private final List<EncodedExample> examples = new ArrayList<>();
    private ExampleEncoder encoder;
    private ImagePreprocessor preprocessor;

    @BeforeEach
    void writeImages() throws Exception {
        encoder = TinyModel.encoder(64);
        preprocessor = ImagePreprocessor.of(TinyModel.config());
        for (int i = 0; i < IMAGES; i++) {
            Path file = folder.resolve("image" + i + ".png");
            // The larger ones take longer, so that later images are ready before earlier ones.
            int side = 20 + 40 * (IMAGES - i);
            ImageFiles.writePng(picture(side, i), file);
            String answer = "<loc0000><loc0000><loc0500><loc0300> cat";
            examples.add(encoder.encode(new Example(file, "detect cat", answer)));
        }
    }

    @Test
    void batchesComeInTheOrderOfThePlanWithThePixelsOfTheirImages() throws Exception {
        var plan = new BatchPlan(3, lengths(), 4, 2);
        var steps = plan.steps(0);
        var draws = new ArrayList<List<Draw>>();
        for (int i = 0; i < 6; i++) {
            draws.addAll(steps.next().microBatches());
        }
        try (var loader = open(draws.iterator(), AugmentationOptions.NONE, _ -> true, 3, 3)) {
            for (List<Draw> wanted : draws) {
                assertThat(loader.hasNext()).isTrue();
                LoadedBatch batch = loader.next();
                assertThat(batch.draws()).isEqualTo(wanted);
                for (int i = 0; i < wanted.size(); i++) {
                    EncodedExample example = examples.get(wanted.get(i).example());
                    assertThat(batch.examples().get(i)).isSameAs(example);
                    assertThat(batch.pixels().get(i).orElseThrow())
                            .containsExactly(
                                    preprocessor.toPixelValues(
                                            ImageFiles.read(example.example().image())));
                }
            }
            assertThat(loader.hasNext()).isFalse();
        }
    }

    @Test
    void augmentedBatchesAreTheSameAgainWhateverTheThreads() throws Exception {
        var plan = new BatchPlan(3, lengths(), 4, 2);
        var options = new AugmentationOptions(true, 0.4, 0.2);
        var draws = plan.epoch(5).stream().flatMap(step -> step.microBatches().stream()).toList();
        try (var one = open(draws.iterator(), options, _ -> true, 1, 1);
                var other = open(draws.iterator(), options, _ -> true, 4, 3)) {
            boolean anyChanged = false;
            while (one.hasNext()) {
                LoadedBatch first = one.next();
                LoadedBatch second = other.next();
                for (int i = 0; i < first.draws().size(); i++) {
                    assertThat(first.pixels().get(i).orElseThrow())
                            .containsExactly(second.pixels().get(i).orElseThrow());
                    EncodedExample example = first.examples().get(i);
                    assertThat(example.example()).isEqualTo(second.examples().get(i).example());
                    assertThat(example.suffixIds())
                            .containsExactly(encoder.encode(example.example()).suffixIds());
                    anyChanged |=
                            !example.example()
                                    .equals(examples.get(first.draws().get(i).example()).example());
                }
            }
            assertThat(anyChanged).isTrue();
        }
    }

    @Test
    void imagesThatAreKnownAreNotOpened() throws Exception {
        Path known = examples.get(0).example().image();
        Files.delete(known);
        var draws = List.of(List.of(new Draw(0, 0), new Draw(1, 0)));
        var options = new AugmentationOptions(true, 0.4, 0.2);
        try (var loader = open(draws.iterator(), options, file -> !file.equals(known), 1, 2)) {
            LoadedBatch batch = loader.next();
            assertThat(batch.pixels().get(0)).isEqualTo(Optional.empty());
            assertThat(batch.pixels().get(1)).isPresent();
            assertThat(batch.examples().get(0)).isSameAs(examples.get(0));
        }
    }

    @Test
    void anImageThatCannotBeDecodedIsAProblemOfItsBatch() throws Exception {
        Path damaged = examples.get(2).example().image();
        byte[] bytes = Files.readAllBytes(damaged);
        Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));
        ImageFiles.readSize(damaged); // The header is whole.
        var draws = draws(4, 1);
        try (var loader = open(draws, AugmentationOptions.NONE, _ -> true, 3, 2)) {
            loader.next();
            loader.next();
            assertThatThrownBy(loader::next)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining(damaged.toString());
            assertThat(loader.next().draws()).containsExactly(new Draw(3, 0));
        }
    }

    @Test
    void noMoreThanTheBatchesAheadAreBegun() throws Exception {
        var begun = new AtomicInteger();
        var all = draws(IMAGES, 2);
        Iterator<List<Draw>> counted =
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public List<Draw> next() {
                        begun.incrementAndGet();
                        return all.next();
                    }
                };
        try (var loader = open(counted, AugmentationOptions.NONE, _ -> true, 2, 2)) {
            assertThat(begun).hasValue(2);
            loader.next();
            assertThat(begun).hasValue(3);
            loader.next();
            assertThat(begun).hasValue(4);
        }
    }

    @Test
    void closingEndsTheThreads() throws Exception {
        var loader = open(draws(IMAGES, 2), AugmentationOptions.NONE, _ -> true, 3, 3);
        loader.next();
        List<Thread> started = threads();
        assertThat(started).isNotEmpty();
        loader.close();
        loader.close();
        for (Thread thread : started) {
            thread.join(1000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThatThrownBy(loader::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anInterruptedWaitIsACancellation() {
        var never = new CountDownLatch(1);
        Predicate<Path> stuck =
                _ -> {
                    try {
                        never.await();
                        return true;
                    } catch (InterruptedException e) {
                        return false;
                    }
                };
        try (var loader = open(draws(IMAGES, 2), AugmentationOptions.NONE, stuck, 1, 1)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(loader::next).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private BatchLoader open(
            Iterator<List<Draw>> draws,
            AugmentationOptions options,
            Predicate<Path> needsPixels,
            int ahead,
            int threads) {
        var plan = new BatchPlan(3, lengths(), 4, 2);
        return BatchLoader.open(
                new BatchLoader.Source(
                        examples,
                        encoder,
                        preprocessor,
                        new Augmentation(options),
                        plan::seedOf,
                        needsPixels),
                draws,
                ahead,
                threads);
    }

    private int[] lengths() {
        return examples.stream().mapToInt(EncodedExample::length).toArray();
    }

    private static Iterator<List<Draw>> draws(int examples, int microBatch) {
        return IntStream.range(0, examples / microBatch)
                .mapToObj(i ->
                        IntStream.range(0, microBatch)
                                .mapToObj(j -> new Draw(i * microBatch + j, 0))
                                .toList())
                .iterator();
    }

    private static List<Thread> threads() {
        return Stream.of(Thread.getAllStackTraces().keySet().toArray(Thread[]::new))
                .filter(thread -> thread.getName().startsWith("training-images-"))
                .filter(Thread::isAlive)
                .toList();
    }

    private static Picture picture(int side, int number) {
        var rgb = new byte[side * side * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (20 * number + i % 7);
        }
        return new Picture(side, side, rgb);
    }
}
