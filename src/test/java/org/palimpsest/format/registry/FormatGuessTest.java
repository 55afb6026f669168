package org.palimpsest.format.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormatGuessTest {
    @TempDir Path folder;

    private static Path sample(String name) throws URISyntaxException {
        var place = FormatGuessTest.class.getResource("/org/palimpsest/format/" + name);
        return Path.of(Objects.requireNonNull(place, name).toURI());
    }

    @ParameterizedTest
    @CsvSource({
        "jsonl/maestro-jsonl, paligemma-bigvision",
        "jsonl/roboflow-paligemma/_annotations.train.jsonl, paligemma-bigvision",
        "coco/coco/instances_polygon.json, coco",
        "coco/coco/instances_rle.json, coco",
        "coco/coco/captions.json, coco-captions",
        "coco/coco/results_bbox.json, coco-results",
        "coco/lvis/lvis_v1_train.json, lvis",
        "coco/refcoco/refs.json, refcoco",
        "coco/vqav2, vqav2",
        "yolo/detect, yolo-detect",
        "yolo/segment, yolo-segment",
        "labelme/sample, labelme",
        "cvat/sample, cvat",
        "imagefolder/sample, hf-imagefolder",
        "webdataset/train-000000.tar, webdataset",
    })
    void aDataSetIsRecognisedByItsNamesAndKeys(String place, String format) throws Exception {
        assertThat(FormatGuess.of(sample(place))).contains(format);
    }

    @Test
    void whatAnExportSaysOfItselfGoesFirst() throws Exception {
        Files.writeString(
                folder.resolve("palimpsest-export.json"), "{ \"format\" : \"label-studio\" }");
        Files.writeString(folder.resolve("train.jsonl"), "{}\n");
        assertThat(FormatGuess.of(folder)).contains("label-studio");
    }

    @Test
    void whereNothingTellsThereIsNoGuess() throws Exception {
        assertThat(FormatGuess.of(folder)).isEmpty();
        assertThat(FormatGuess.of(folder.resolve("none.json"))).isEmpty();
        Files.writeString(folder.resolve("a.json"), "{\"made\": 1}");
        assertThat(FormatGuess.of(folder)).isEqualTo(Optional.empty());
    }
}
