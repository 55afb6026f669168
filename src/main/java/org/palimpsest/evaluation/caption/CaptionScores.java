package org.palimpsest.evaluation.caption;

import java.util.List;

/// BLEU and CIDEr-D of a set of captions and of each of them, in the order in which they were added.
public record CaptionScores(List<BleuCounts> bleuByImage, List<Double> ciderByImage) {
    public CaptionScores {
        bleuByImage = List.copyOf(bleuByImage);
        ciderByImage = List.copyOf(ciderByImage);
        if (bleuByImage.size() != ciderByImage.size()) {
            throw new IllegalArgumentException(
                    bleuByImage.size() + " and " + ciderByImage.size() + " images");
        }
    }

    /// BLEU of the whole set, which is not the mean of its images.
    ///
    /// @param words the longest sequences that are looked at, 1 to 4
    public double bleu(int words) {
        return bleuByImage.stream().reduce(BleuCounts.NONE, BleuCounts::plus).bleu(words);
    }

    /// Mean CIDEr-D; 0 where there is no image.
    public double cider() {
        return ciderByImage.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
