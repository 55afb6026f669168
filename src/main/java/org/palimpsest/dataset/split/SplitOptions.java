package org.palimpsest.dataset.split;

import java.util.Map;
import java.util.OptionalInt;
import org.palimpsest.dataset.Split;

/// How a data set is divided.
///
/// @param seed another seed divides otherwise; the same divides alike
/// @param similarBits images whose perceptual hashes differ in no more bits stay together; empty to look at contents
///     only
/// @param tagSplits images with such a tag, and what belongs to them, go to that part, wherever they are now
/// @param keepAssigned whether images that are in a part stay there
public record SplitOptions(
        SplitRatios ratios,
        long seed,
        Mode mode,
        OptionalInt similarBits,
        Map<String, Split> tagSplits,
        boolean keepAssigned) {

    /// How a part is chosen for images that may go anywhere.
    public enum Mode {
        /// So that every label is shared out by the ratios, as far as groups allow.
        STRATIFIED,
        /// By the image's own hash alone: the same image goes to the same part in whatever company.
        HASH
    }

    /// @throws IllegalArgumentException if a tag leads to no part
    public SplitOptions {
        tagSplits = Map.copyOf(tagSplits);
        if (tagSplits.containsValue(Split.UNASSIGNED)) {
            throw new IllegalArgumentException("A tag that leads to no part: " + tagSplits);
        }
    }

    /// Stratified, look-alikes together, what is assigned stays.
    public static SplitOptions of(SplitRatios ratios, long seed, int similarBits) {
        return new SplitOptions(
                ratios, seed, Mode.STRATIFIED, OptionalInt.of(similarBits), Map.of(), true);
    }

    public SplitOptions withMode(Mode changed) {
        return new SplitOptions(ratios, seed, changed, similarBits, tagSplits, keepAssigned);
    }

    public SplitOptions withTagSplits(Map<String, Split> changed) {
        return new SplitOptions(ratios, seed, mode, similarBits, changed, keepAssigned);
    }

    public SplitOptions withKeepAssigned(boolean changed) {
        return new SplitOptions(ratios, seed, mode, similarBits, tagSplits, changed);
    }
}
