package org.palimpsest.format.coco;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// Whatever is wrong with a COCO file, it is said, and nothing else happens.
class DamagedCocoTest {
    private static final Map<String, byte[]> FILES = DamagedCoco.files();

    @TempDir Path folder;

    static Set<String> damages() {
        return FILES.keySet();
    }

    @Test
    void thereAreManyKindsOfDamage() {
        assertThat(damages()).hasSizeGreaterThanOrEqualTo(100);
    }

    @Test
    void aSoundFileGivesItsObjectAndNothingIsSaid() throws Exception {
        var read = Imports.read(new CocoFormat(), write(DamagedCoco.sound()));
        assertThat(read.findings()).isEmpty();
        assertThat(read.images().get("a.png").objects()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("damages")
    @Timeout(10)
    void everyDamageIsSaid(String damage) throws Exception {
        Path file = write(FILES.get(damage));
        try {
            var read = Imports.read(new CocoFormat(), file);
            assertThat(read.findings())
                    .isNotEmpty()
                    .allSatisfy(finding -> {
                        assertThat(finding.place()).contains("instances.json");
                        assertThat(finding.message()).isNotBlank();
                    });
        } catch (ProblemException e) {
            var problem = e.problem();
            assertThat(problem.summary()).isNotBlank();
            assertThat(problem.detail()).contains("instances.json");
            assertThat(problem.remedy()).isNotBlank();
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(one -> one.getFileName().toString()))
                    .containsExactlyInAnyOrder("a.png", "instances.json");
        }
    }

    @Test
    @Timeout(60)
    void noMutationOfASoundFileStopsTheReader() throws Exception {
        var random = new Random(7);
        var sink = new QuickSink();
        for (var image : List.of("scene_one.png", "rotated.jpg", "edge.png")) {
            Files.copy(Imports.SAMPLES.resolve("coco/images/" + image), folder.resolve(image));
        }
        var originals =
                List.of(
                        DamagedCoco.sound(),
                        Files.readAllBytes(
                                Imports.SAMPLES.resolve("coco/instances_rle_uncompressed.json")),
                        Files.readAllBytes(Imports.SAMPLES.resolve("coco/instances_polygon.json")),
                        Files.readAllBytes(Imports.SAMPLES.resolve("coco/instances_rle.json")));
        for (int i = 0; i < 4_000; i++) {
            byte[] bytes = originals.get(i % originals.size()).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                Mutations.mutate(bytes, random);
            }
            var data = new DatasetImport(write(bytes), ImportOptions.DEFAULT, sink, Progress.NONE);
            try {
                new CocoFormat().reader().orElseThrow().read(data);
            } catch (ProblemException e) {
                assertThat(e.problem().remedy()).isNotBlank();
            }
        }
        assertThat(sink.annotations()).isGreaterThan(4_000);
    }

    private Path write(byte[] bytes) throws Exception {
        Path image = folder.resolve("a.png");
        if (!Files.exists(image)) {
            Files.copy(Imports.SAMPLES.resolve("damaged/01-truncated/a.png"), image);
        }
        return Files.write(folder.resolve("instances.json"), bytes);
    }
}
