package org.palimpsest.project;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The runs over many images that wait in a project, so that they go on after the program was closed or killed.
public final class ProjectQueue {
    /// More runs than anybody lines up.
    public static final int MOST_ENTRIES = 100;

    /// More images are better named by a filter.
    public static final int MOST_IMAGES = 50_000;

    private static final String PROPERTY = "run-queue";
    private static final int MOST_CHARACTERS = 1 << 24;

    private static final Logger LOG = LoggerFactory.getLogger(ProjectQueue.class);

    private ProjectQueue() {}

    /// One run.
    ///
    /// @param id stays the same for as long as the run waits or is at work
    /// @param prompt what is asked about every image
    /// @param model the folder of the model
    /// @param adapter the folder of its adapter; empty for none
    /// @param filter which images, as [ImageFilter#parse] reads it; empty for all
    /// @param images which of these, where not all
    /// @param maxNewTokens where answers are cut
    /// @param overwrite whether answers that nobody looked at are replaced
    /// @param paused whether the person stopped it for now
    public record Entry(
            UUID id,
            String prompt,
            String model,
            String adapter,
            String filter,
            List<ImageId> images,
            int maxNewTokens,
            boolean overwrite,
            boolean paused) {
        public Entry {
            images = List.copyOf(images);
            if (prompt.isBlank() || maxNewTokens < 1 || images.size() > MOST_IMAGES) {
                throw new IllegalArgumentException(
                        "No run: '%s', %d tokens, %d images"
                                .formatted(prompt, maxNewTokens, images.size()));
            }
        }

        public Entry withPaused(boolean value) {
            return new Entry(
                    id, prompt, model, adapter, filter, images, maxNewTokens, overwrite, value);
        }
    }

    private record Row(
            @Nullable String id,
            @Nullable String prompt,
            @Nullable String model,
            @Nullable String adapter,
            @Nullable String filter,
            @Nullable List<String> images,
            int maxNewTokens,
            boolean overwrite,
            boolean paused) {
        static Row of(Entry entry) {
            return new Row(
                    entry.id().toString(),
                    entry.prompt(),
                    entry.model(),
                    entry.adapter(),
                    entry.filter(),
                    entry.images().stream().map(ImageId::toString).toList(),
                    entry.maxNewTokens(),
                    entry.overwrite(),
                    entry.paused());
        }

        Entry toEntry() {
            if (id == null
                    || prompt == null
                    || model == null
                    || adapter == null
                    || filter == null
                    || images == null) {
                throw new IllegalArgumentException("Incomplete: " + this);
            }
            return new Entry(
                    UUID.fromString(id),
                    prompt,
                    model,
                    adapter,
                    filter,
                    images.stream().map(ImageId::parse).toList(),
                    maxNewTokens,
                    overwrite,
                    paused);
        }
    }

    /// Keeps these runs in this order, in the place of all before.
    ///
    /// @throws IllegalArgumentException if there are more than [#MOST_ENTRIES]
    public static void save(Project project, List<Entry> entries) throws ProblemException {
        if (entries.size() > MOST_ENTRIES) {
            throw new IllegalArgumentException(entries.size() + " runs in the queue");
        }
        var json = Json.text(entries.stream().map(Row::of).toList());
        project.writing(() ->
                project.database()
                        .update(
                                "INSERT OR REPLACE INTO property(name, value) VALUES (?, ?)",
                                PROPERTY,
                                json));
    }

    /// The runs that were kept, in order. Entries that cannot be read, as of a newer program, are left out.
    public static List<Entry> list(Project project) throws ProblemException {
        return project.reading(() -> {
            var json =
                    project.database()
                            .first(
                                    row -> row.getString(1),
                                    "SELECT value FROM property WHERE name = ? AND length(value) <= ?",
                                    PROPERTY,
                                    MOST_CHARACTERS);
            var entries = new ArrayList<Entry>();
            if (json.isPresent()) {
                List<Row> rows = Json.value(json.get(), Json.listOf(Row.class));
                for (var row : rows.subList(0, Math.min(rows.size(), MOST_ENTRIES))) {
                    try {
                        entries.add(row.toEntry());
                    } catch (IllegalArgumentException e) {
                        LOG.warn("A waiting run cannot be read: {}", e.getMessage());
                    }
                }
            }
            return entries;
        });
    }
}
