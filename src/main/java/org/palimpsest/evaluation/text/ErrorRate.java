package org.palimpsest.evaluation.text;

/// Character or word error rate of recognised text; adds up over texts, so that a long text weighs more than a short one.
///
/// @param edits insertions, deletions and replacements that lead from the reference to the prediction
/// @param length characters or words of the reference
public record ErrorRate(long edits, long length) {
    public static final ErrorRate NONE = new ErrorRate(0, 0);

    public ErrorRate {
        if (edits < 0 || length < 0) {
            throw new IllegalArgumentException("Negative counts: " + edits + " of " + length);
        }
    }

    /// Counts one text in Unicode code points (CER); nothing is normalised.
    public static ErrorRate ofCharacters(String predicted, String reference) {
        return new ErrorRate(
                EditDistance.ofCharacters(reference, predicted),
                reference.codePointCount(0, reference.length()));
    }

    /// Counts one text in words between blanks (WER).
    public static ErrorRate ofWords(String predicted, String reference) {
        return new ErrorRate(
                EditDistance.ofWords(reference, predicted), PythonText.split(reference).size());
    }

    public ErrorRate plus(ErrorRate other) {
        return new ErrorRate(edits + other.edits, length + other.length);
    }

    /// Edits for each character or word of the reference: 0 is right, more than 1 is possible.
    ///
    /// Where the reference is empty, 0 for an empty prediction and otherwise the number of edits, as if the reference had
    /// one character; the sum over many texts needs no such rule.
    public double rate() {
        return (double) edits / Math.max(1, length);
    }
}
