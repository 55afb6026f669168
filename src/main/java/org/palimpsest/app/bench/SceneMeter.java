package org.palimpsest.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import javafx.animation.AnimationTimer;
import javafx.scene.Scene;

/// Does a step of a script before each frame, and takes down when frames come and how long the JavaFX thread works on
/// each, in processor time: from the step to the end of the layout.
final class SceneMeter extends AnimationTimer {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Scene scene;
    private final int warmUp;
    private final IntConsumer step;
    private final CompletableFuture<FrameTimes> done;
    private final long[] intervals;
    private final long[] work;
    private final Runnable afterLayout = this::afterLayout;
    private int frame;
    private long last;
    private long busyBefore;
    private long processorBefore;

    SceneMeter(
            Scene scene,
            int warmUp,
            int frames,
            IntConsumer step,
            CompletableFuture<FrameTimes> done) {
        this.scene = scene;
        this.warmUp = warmUp;
        this.step = step;
        this.done = done;
        this.intervals = new long[frames];
        this.work = new long[frames];
    }

    private static long processor() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    @Override
    public void start() {
        scene.addPostLayoutPulseListener(afterLayout);
        super.start();
    }

    @Override
    public void handle(long now) {
        long begun = System.nanoTime();
        int index = frame - warmUp;
        if (index == 0) {
            processorBefore = processor();
        }
        if (index >= 0 && index < intervals.length) {
            intervals[index] = begun - last;
        }
        last = begun;
        busyBefore = THREADS.getCurrentThreadCpuTime();
        if (index >= intervals.length) {
            stop();
            scene.removePostLayoutPulseListener(afterLayout);
            long processor = (processor() - processorBefore) / intervals.length;
            done.complete(new FrameTimes(intervals, work, processor));
            return;
        }
        step.accept(frame);
        frame++;
    }

    private void afterLayout() {
        int index = frame - 1 - warmUp;
        if (index >= 0 && index < work.length) {
            work[index] = THREADS.getCurrentThreadCpuTime() - busyBefore;
        }
    }
}
