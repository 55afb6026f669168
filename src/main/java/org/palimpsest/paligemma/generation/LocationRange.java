package org.palimpsest.paligemma.generation;

/// What the model thinks of a place that it named by a location token: bins of the distribution over all location bins.
///
/// @param low the first bin at which the probabilities add up to 10 %
/// @param likeliest the most probable bin
/// @param high the first bin at which the probabilities add up to 90 %
/// @param deviation the standard deviation as a fraction of the image's side
public record LocationRange(int low, int likeliest, int high, float deviation) {
    /// Stands beside tokens that name no place.
    public static final LocationRange NONE = new LocationRange(0, -1, 0, 0);

    static final double LOW_QUANTILE = 0.1;
    static final double HIGH_QUANTILE = 0.9;

    public LocationRange {
        if (low < 0 || low > high || likeliest < -1 || deviation < 0) {
            throw new IllegalArgumentException(
                    "No range of bins: %d to %d, likeliest %d, deviation %s"
                            .formatted(low, high, likeliest, deviation));
        }
    }

    /// Whether this is the distribution of a location token.
    public boolean isPlace() {
        return likeliest >= 0;
    }
}
