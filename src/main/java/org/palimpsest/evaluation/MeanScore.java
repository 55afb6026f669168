package org.palimpsest.evaluation;

/// The mean of scores that come one by one; adds up over images.
///
/// @param sum of all scores
/// @param count how many there are
public record MeanScore(double sum, long count) {
    public static final MeanScore NONE = new MeanScore(0, 0);

    public MeanScore {
        if (count < 0 || !Double.isFinite(sum)) {
            throw new IllegalArgumentException("Not a sum of scores: " + sum + " of " + count);
        }
    }

    /// One score.
    public static MeanScore of(double score) {
        return new MeanScore(score, 1);
    }

    public MeanScore plus(MeanScore other) {
        return new MeanScore(sum + other.sum, count + other.count);
    }

    /// The mean; 0 where there is no score.
    public double mean() {
        return count == 0 ? 0 : sum / count;
    }
}
