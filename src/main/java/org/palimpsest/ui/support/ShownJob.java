package org.palimpsest.ui.support;

import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;

/// Long work as the window shows it: its name, how far it is, and a way to stop it.
///
/// Properties change on the JavaFX thread; progress may be reported from any.
public final class ShownJob implements Progress, TaskRunner.Job {
    private final String name;
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper(-1);
    private final AtomicReference<@Nullable ProgressUpdate> latest = new AtomicReference<>();
    private volatile boolean cancelled;

    ShownJob(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /// What is being done at the moment, in words.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// How much is done, 0 to 1; negative where that is not known.
    public ReadOnlyDoubleProperty fractionProperty() {
        return fraction.getReadOnlyProperty();
    }

    @Override
    public void update(ProgressUpdate update) {
        // However often work reports, the window hears of it once for each of its frames at most.
        if (latest.getAndSet(update) == null) {
            Platform.runLater(() -> {
                var now = latest.getAndSet(null);
                if (now != null) {
                    message.set(now.message());
                    fraction.set(now.fraction());
                }
            });
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
