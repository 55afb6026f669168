package org.palimpsest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.problem.ProblemException;

class ProjectQueueTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-05-04T12:00:00Z"));

    @TempDir private Path folder;
    private Project project;

    @BeforeEach
    void make() throws ProblemException {
        project = Project.create(folder.resolve("p.palimpsest"), CLOCK);
    }

    @AfterEach
    void close() throws ProblemException {
        project.close();
    }

    private static ProjectQueue.Entry entry(String prompt) {
        return new ProjectQueue.Entry(
                UUID.randomUUID(),
                prompt,
                "/models/three",
                "",
                "label:\"a b\" -state:done",
                List.of(ImageId.random(), ImageId.random()),
                256,
                true,
                false);
    }

    @Test
    void runsWaitInTheFileInTheirOrder() throws ProblemException {
        assertThat(ProjectQueue.list(project)).isEmpty();
        var entries = List.of(entry("detect “cat”"), entry("caption en").withPaused(true));
        ProjectQueue.save(project, entries);
        project.close();
        project = Project.open(folder.resolve("p.palimpsest"), CLOCK);
        assertThat(ProjectQueue.list(project)).isEqualTo(entries);
        ProjectQueue.save(project, entries.reversed());
        assertThat(ProjectQueue.list(project)).isEqualTo(entries.reversed());
        ProjectQueue.save(project, List.of());
        assertThat(ProjectQueue.list(project)).isEmpty();
    }

    @Test
    void anEntryThatCannotBeReadIsLeftOutAndTheOthersStay() throws ProblemException {
        var good = entry("ocr");
        ProjectQueue.save(project, List.of(good, entry("cap en")));
        project.writing(() ->
                project.database()
                        .update(
                                "UPDATE property SET value = replace(replace(value, 'cap en', ' '),"
                                        + " '[{', '[{\"id\":\"x\"},{') WHERE name = 'run-queue'"));
        assertThat(ProjectQueue.list(project)).containsExactly(good);
    }

    @Test
    void tooManyAreRefused() {
        var many = Collections.nCopies(ProjectQueue.MOST_ENTRIES + 1, entry("ocr"));
        assertThatThrownBy(() -> ProjectQueue.save(project, many))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
