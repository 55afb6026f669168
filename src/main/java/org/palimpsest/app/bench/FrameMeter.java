package org.palimpsest.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import javafx.animation.AnimationTimer;
import org.palimpsest.ui.canvas.CanvasViewModel;

/// Does a step of a script before each frame, and takes down when frames come and what they cost the JavaFX thread.
final class FrameMeter extends AnimationTimer {
    private final int warmUp;
    private final IntConsumer step;
    private final CompletableFuture<FrameTimes> done;
    private final CanvasViewModel canvas;
    private final long[] intervals;
    private final long[] work;
    private int frame;
    private long last;
    private long processorBefore;

    FrameMeter(
            int warmUp,
            int frames,
            IntConsumer step,
            CompletableFuture<FrameTimes> done,
            CanvasViewModel canvas) {
        this.warmUp = warmUp;
        this.step = step;
        this.done = done;
        this.canvas = canvas;
        this.intervals = new long[frames];
        this.work = new long[frames];
    }

    static long processor() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
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
            work[index] = canvas.display().lastFrameNanos();
        }
        last = begun;
        if (index >= intervals.length) {
            stop();
            long processor = (processor() - processorBefore) / intervals.length;
            done.complete(new FrameTimes(intervals, work, processor));
            return;
        }
        step.accept(frame);
        frame++;
    }
}
