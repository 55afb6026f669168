package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.palimpsest.problem.ProblemException;

class ThumbnailQueueTest {
    private static final Picture DOT = new Picture(1, 1, new byte[3]);

    private final List<String> made = new ArrayList<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final ThumbnailQueue queue = new ThumbnailQueue(this::make, tasks::add, 1);
    private final List<String> taken = new ArrayList<>();

    private Thumbnail make(Path image) throws ProblemException {
        made.add(image.toString());
        if (image.toString().equals("bad")) {
            throw new ProblemException("It is bad", "bad", "");
        }
        if (image.toString().equals("worse")) {
            throw new IllegalStateException("a mistake");
        }
        return new Thumbnail(DOT, false);
    }

    private ThumbnailQueue.Request request(String name) {
        return queue.request(
                Path.of(name),
                outcome ->
                        taken.add(
                                switch (outcome) {
                                    case ThumbnailQueue.Outcome.Made _ -> name;
                                    case ThumbnailQueue.Outcome.Failed(var problem, _) ->
                                            name + ": " + problem.summary();
                                }));
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    @Test
    void whatWasAskedForLastIsMadeFirst() {
        request("a");
        request("b");
        request("c");
        request("a");
        runAll();

        assertThat(made).containsExactly("a", "c", "b");
        assertThat(taken).containsExactly("a", "a", "c", "b");
    }

    @Test
    void whatNobodyWaitsForIsNotMade() {
        request("a");
        var passedBy = request("b");
        var twice = request("c");
        request("c");
        passedBy.cancel();
        twice.cancel();
        assertThat(queue.size()).isEqualTo(2);
        runAll();

        assertThat(made).containsExactly("c", "a");
        assertThat(taken).containsExactly("c", "a");
    }

    @Test
    void aBadImageDoesNotStopTheOthers() {
        request("a");
        request("bad");
        request("worse");
        runAll();
        request("b");
        runAll();

        assertThat(taken)
                .containsExactly("worse: The image cannot be shown", "bad: It is bad", "a", "b");
    }

    @Test
    void noMoreWorkersThanAllowedAreStarted() throws Exception {
        var busy = new AtomicInteger();
        var most = new AtomicInteger();
        var left = new CountDownLatch(200);
        try (var pool = Executors.newCachedThreadPool()) {
            var many =
                    new ThumbnailQueue(
                            _ -> {
                                most.accumulateAndGet(busy.incrementAndGet(), Math::max);
                                Thread.yield();
                                busy.decrementAndGet();
                                return new Thumbnail(DOT, false);
                            },
                            pool,
                            3);
            for (int i = 0; i < 200; i++) {
                many.request(Path.of("image" + i), _ -> left.countDown());
            }
            assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(most.get()).isBetween(1, 3);
    }
}
