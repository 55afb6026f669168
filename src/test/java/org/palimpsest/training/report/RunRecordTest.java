package org.palimpsest.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.training.data.Example;

final class RunRecordTest {
    @TempDir Path folder;

    @Test
    void whatWasWrittenIsReadBack() throws Exception {
        var record =
                new RunRecord(
                        Path.of("/models/toy"),
                        Map.of("rank", "8", "project", "/p/streets.palimpsest"),
                        new DataFacts.Origin(
                                "streets", "by splits", Map.of("detect-all", 2), List.of("hm")),
                        List.of(
                                new Example(
                                        Path.of("/i/a \"b\".png"), "detect x", "<loc0001> x\n")),
                        List.of(new Example(Path.of("/i/c.png"), "caption en", "")),
                        Optional.empty());
        var judged =
                record.withComparison(
                        Optional.of(
                                new ModelCard.Comparison(
                                        Map.of("detect mAP", 0.25), Map.of("detect mAP", 0.5))));
        judged.write(folder.resolve("run"));
        assertThat(RunRecord.read(folder.resolve("run"))).contains(judged);
        record.write(folder.resolve("run"));
        assertThat(RunRecord.read(folder.resolve("run"))).contains(record);
    }

    @Test
    void whatIsNoRecordIsNone() throws Exception {
        assertThat(RunRecord.read(folder)).isEmpty();
        for (var text : List.of("", "{", "[]", "{\"model\": 3}")) {
            Files.writeString(folder.resolve(RunRecord.FILE), text);
            assertThat(RunRecord.read(folder)).as(text).isEmpty();
        }
    }
}
