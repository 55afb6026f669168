package org.palimpsest.paligemma.config;

import java.util.List;

/// How a picture becomes the model's pixels. The libraries that trained and published the models differ.
public sealed interface ImageConversion {
    int height();

    int width();

    /// The whole picture, aspect ratio ignored, Pillow's antialiased bicubic on 8-bit values, then
    /// `(value * rescaleFactor - mean) / standardDeviation` (Hugging Face's SigLIP processor).
    ///
    /// @param mean one per channel, red first
    /// @param standardDeviation one per channel, red first
    record PillowBicubic(
            int height,
            int width,
            double rescaleFactor,
            List<Double> mean,
            List<Double> standardDeviation)
            implements ImageConversion {
        public PillowBicubic {
            requireSize(height, width);
            mean = requireChannels(mean);
            standardDeviation = requireChannels(standardDeviation);
            if (standardDeviation.contains(0.0) || !(rescaleFactor > 0)) {
                throw new IllegalArgumentException(
                        "Division by zero: " + standardDeviation + ", " + rescaleFactor);
            }
        }

        /// What every published model says: 1/255, mean 0.5, standard deviation 0.5.
        public static PillowBicubic standard(int size) {
            var halves = List.of(0.5, 0.5, 0.5);
            return new PillowBicubic(size, size, 1 / 255.0, halves, halves);
        }
    }

    /// The middle of the picture, cut to the target's aspect ratio, bilinear without antialias on floating point values,
    /// then `value * scale + offset` (KerasHub's image converter).
    ///
    /// @param cropToAspectRatio false: the whole picture, aspect ratio ignored
    /// @param scale one per channel, red first
    /// @param offset one per channel, red first
    record KerasBilinear(
            int height,
            int width,
            boolean cropToAspectRatio,
            List<Double> scale,
            List<Double> offset)
            implements ImageConversion {
        public KerasBilinear {
            requireSize(height, width);
            scale = requireChannels(scale);
            offset = requireChannels(offset);
        }
    }

    private static void requireSize(int height, int width) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("Image size " + width + " x " + height);
        }
    }

    private static List<Double> requireChannels(List<Double> values) {
        if (values.size() != 3 || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("Three finite numbers expected: " + values);
        }
        return List.copyOf(values);
    }
}
