package org.palimpsest.format.prompts;

/// Which labels a `detect` or `segment` prompt asks for.
public sealed interface AskedLabels {

    /// One prompt for each label that the image has, and for each that was checked as absent where empty answers are
    /// wanted.
    record Each() implements AskedLabels {}

    /// All labels of the data set in one prompt.
    record All() implements AskedLabels {}

    /// All labels that the image has, in one prompt.
    record Present() implements AskedLabels {}

    /// All labels that the image has and some that it has not, in one prompt in the order of the data set.
    ///
    /// @param absent how many of those; first labels that were checked as absent
    /// @param checkedOnly whether only labels that were checked as absent are taken
    record WithAbsent(int absent, boolean checkedOnly) implements AskedLabels {

        /// @throws IllegalArgumentException if none is wanted
        public WithAbsent {
            if (absent < 1) {
                throw new IllegalArgumentException("No absent labels wanted: " + absent);
            }
        }
    }
}
