package org.palimpsest.batch;

import java.util.List;
import java.util.random.RandomGenerator;
import org.palimpsest.dataset.AnnotatedImage;

/// Asks for one task and scores the answers, image by image.
interface Scorer {

    /// What to ask about an image; empty where nothing is known to be true of it.
    List<String> prompts(AnnotatedImage truth);

    /// Scores an image's answers, in the order of the prompts, and says what is wrong in it.
    ImageFaults score(AnnotatedImage truth, List<EvaluatedAnswer> answers);

    /// Whether the answers are what a person would have corrected.
    boolean countsAsEffort();

    /// @param random where the intervals' drawing of images comes from
    List<Metric> metrics(RandomGenerator random);
}
