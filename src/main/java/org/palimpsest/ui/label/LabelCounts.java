package org.palimpsest.ui.label;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many objects each label has. What is done to the image on the screen is counted at once; the whole project only
/// where something else changed, behind the scenes.
///
/// Confined to the interface's thread.
final class LabelCounts {
    private static final Logger LOG = LoggerFactory.getLogger(LabelCounts.class);

    private final Workspace workspace;
    private final Runnable changed;
    private Map<String, Long> total = new HashMap<>();
    private Map<String, Integer> here = Map.of();
    private @Nullable ImageId counted;
    private boolean counting;
    private boolean outdated;

    LabelCounts(Workspace workspace, Runnable changed) {
        this.workspace = workspace;
        this.changed = changed;
        workspace.currentProperty().addListener((_, _, image) -> count(image));
        workspace
                .openProjectProperty()
                .addListener(_ -> {
                    total = new HashMap<>();
                    countAll();
                });
        workspace.onChange(this::changed);
        count(workspace.current());
        countAll();
    }

    private void changed(Set<ImageId> images) {
        var shown = workspace.currentImage();
        if (shown == null || images.size() != 1 || !images.contains(shown.id())) {
            countAll();
        }
    }

    private void count(@Nullable AnnotatedImage image) {
        var now = new HashMap<String, Integer>();
        if (image != null) {
            image.objects().forEach(object -> now.merge(object.label(), 1, Integer::sum));
        }
        if (image != null && image.image().id().equals(counted)) {
            var labels = new TreeSet<>(now.keySet());
            labels.addAll(here.keySet());
            for (var label : labels) {
                long more = (long) now.getOrDefault(label, 0) - here.getOrDefault(label, 0);
                total.merge(label, more, Long::sum);
            }
            outdated |= counting;
        }
        if (image != null) {
            counted = image.image().id();
        }
        here = now;
        changed.run();
    }

    /// Counts all of the project anew.
    void countAll() {
        if (counting) {
            outdated = true;
            return;
        }
        if (workspace.project().isEmpty()) {
            changed.run();
            return;
        }
        counting = true;
        workspace.<Map<String, Long>>read(
                Texts.get("label.job.count"),
                (project, _) -> project.info().labels(),
                this::counted,
                this::failed);
    }

    private void counted(Map<String, Long> now) {
        total = new HashMap<>(now);
        goOn();
        changed.run();
    }

    private void failed(Problem problem) {
        LOG.warn("{}", problem.oneLine());
        goOn();
    }

    private void goOn() {
        counting = false;
        if (outdated) {
            outdated = false;
            countAll();
        }
    }

    int here(String label) {
        return here.getOrDefault(label, 0);
    }

    long total(String label) {
        return Math.max(total.getOrDefault(label, 0L), here(label));
    }
}
