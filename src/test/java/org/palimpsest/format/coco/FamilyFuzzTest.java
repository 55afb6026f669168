package org.palimpsest.format.coco;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// No change to a file of the family stops its reader with anything but words.
class FamilyFuzzTest {
    @TempDir Path folder;

    /// A sample and which of its files is changed.
    private record Sample(DatasetFormat format, String folder, String file, List<String> beside) {
        @Override
        public String toString() {
            return format.id() + " " + file;
        }
    }

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample(new CocoCaptionsFormat(), "coco", "captions.json", List.of()),
                new Sample(
                        new CocoResultsFormat(),
                        "coco",
                        "results_segm.json",
                        List.of("results_bbox.json", "instances_rle.json")),
                new Sample(
                        new CocoResultsFormat(),
                        "coco",
                        "instances_rle.json",
                        List.of("results_bbox.json", "results_segm.json")),
                new Sample(new LvisFormat(), "lvis", "lvis_v1_train.json", List.of()),
                new Sample(new RefCocoFormat(), "refcoco", "refs.json", List.of("instances.json")),
                new Sample(
                        new VqaV2Format(),
                        "vqav2",
                        "v2_mscoco_train2014_annotations.json",
                        List.of(
                                "v2_OpenEnded_mscoco_train2014_questions.json",
                                "image_names.json")),
                new Sample(
                        new VqaV2Format(),
                        "vqav2",
                        "v2_OpenEnded_mscoco_train2014_questions.json",
                        List.of("v2_mscoco_train2014_annotations.json", "image_names.json")),
                new Sample(
                        new VqaV2Format(),
                        "vqav2",
                        "image_names.json",
                        List.of(
                                "v2_OpenEnded_mscoco_train2014_questions.json",
                                "v2_mscoco_train2014_annotations.json")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    @Timeout(60)
    void noMutationStopsTheReader(Sample sample) throws Exception {
        Path from = Imports.SAMPLES.resolve(sample.folder());
        for (var file : sample.beside()) {
            Files.copy(from.resolve(file), folder.resolve(file));
        }
        try (var images = Files.list(from.resolve("images"))) {
            for (var image : images.toList()) {
                Files.copy(image, folder.resolve(image.getFileName().toString()));
            }
        }
        byte[] original = Files.readAllBytes(from.resolve(sample.file()));
        var random = new Random(11);
        var sink = new QuickSink();
        for (int i = 0; i < 300; i++) {
            byte[] bytes = original.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                Mutations.mutate(bytes, random);
            }
            Files.write(folder.resolve(sample.file()), bytes);
            var data = new DatasetImport(folder, ImportOptions.DEFAULT, sink, Progress.NONE);
            try {
                sample.format().reader().orElseThrow().read(data);
            } catch (ProblemException e) {
                assertThat(e.problem().remedy()).as(e.getMessage()).isNotBlank();
            }
        }
        assertThat(sink.annotations()).isGreaterThan(300);
    }
}
