package org.palimpsest.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.paligemma.image.ImagePreprocessor;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.training.lora.LoraConfig;
import org.palimpsest.training.lora.TrainedParts;

class ImageFeatureSourceTest {
    private static final Path SAMPLES = Path.of("assets/samples");
    private static final TrainedParts LORA =
            new TrainedParts(Optional.of(LoraConfig.STANDARD), List.of("text"), List.of());

    /// To the last bit: a run that is resumed meets its images in other company.
    @Test
    void featuresAreTheSameInAnyCompanyAndAreKept() throws Exception {
        var images = new ArrayList<Path>();
        for (int i = 1; i <= 7; i++) {
            images.add(SAMPLES.resolve("scene-0" + i + ".png"));
        }
        try (var runtime = OnnxRuntime.start();
                var model = TrainingModel.open(Path.of("assets/model"), LORA)) {
            var preprocessor = ImagePreprocessor.of(model.config());
            var pixels = new ArrayList<Optional<float[]>>();
            for (var image : images) {
                pixels.add(Optional.of(preprocessor.toPixelValues(ImageFiles.read(image))));
            }
            var together = features(model, runtime, images, pixels);
            for (int i = 0; i < images.size(); i++) {
                var alone =
                        features(
                                model, runtime, images.subList(i, i + 1), pixels.subList(i, i + 1));
                assertThat(alone.getFirst()).as("image " + i).isEqualTo(together.get(i));
            }
        }
    }

    private static List<float[]> features(
            TrainingModel model,
            OnnxRuntime runtime,
            List<Path> images,
            List<Optional<float[]>> pixels)
            throws Exception {
        var encoder = ImageFeatureSource.encoder(model, runtime, new Device.Cpu(2));
        int size = model.config().vision().imageSize();
        try (var source = new ImageFeatureSource(encoder, size, 1 << 24)) {
            var first = source.of(images, pixels, new CancelToken());
            assertThat(images).noneMatch(source::isUnknown);
            // Known by now, so that nobody reads the pictures again.
            var nothing = images.stream().map(_ -> Optional.<float[]>empty()).toList();
            assertThat(source.of(images, nothing, new CancelToken())).isEqualTo(first);
            return first.stream().map(features -> features.values()).toList();
        }
    }
}
