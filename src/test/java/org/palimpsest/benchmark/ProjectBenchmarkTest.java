package org.palimpsest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

class ProjectBenchmarkTest {
    @TempDir private Path folder;

    @Test
    void everythingIsMeasuredOnASmallProject() throws ProblemException {
        var report = ProjectBenchmark.run(folder, 10, Progress.NONE);
        assertThat(report.annotations()).as("ten of each, and a crowd").isEqualTo(10 * 10 + 10_001);
        assertThat(report.open().count()).isEqualTo(11);
        assertThat(report.filters())
                .filteredOn(one -> one.name().equals("tag:night"))
                .extracting(ProjectBenchmark.Timing::count)
                .containsExactly(1L);
        assertThat(report.edits()).hasSize(8).allMatch(one -> one.median() > 0);
    }
}
