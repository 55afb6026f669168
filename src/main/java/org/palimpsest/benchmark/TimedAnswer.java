package org.palimpsest.benchmark;

import java.util.List;

/// One answer with the milliseconds that its phases took.
///
/// @param vision the vision encoder
/// @param prefill the prompt through the decoder
/// @param decode each further token
/// @param total from pixels and prompt to the whole answer
/// @param sessions what of the total was spent inside the sessions of the engine
/// @param processor processor time of all threads
public record TimedAnswer(
        double vision,
        double prefill,
        List<Double> decode,
        double total,
        double sessions,
        double processor,
        List<Integer> tokenIds) {
    public TimedAnswer {
        decode = List.copyOf(decode);
        tokenIds = List.copyOf(tokenIds);
    }

    /// What the program itself took: everything outside the sessions.
    public double overhead() {
        return total - sessions;
    }

    /// The fastest of the further tokens; NaN where there was none.
    public double fastestDecode() {
        return decode.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    /// The mean of the further tokens; NaN where there was none.
    public double meanDecode() {
        return decode.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
