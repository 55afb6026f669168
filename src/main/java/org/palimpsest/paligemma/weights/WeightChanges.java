package org.palimpsest.paligemma.weights;

/// What training changed of a checkpoint's weights.
public interface WeightChanges {
    /// No change at all.
    WeightChanges NONE =
            new WeightChanges() {
                @Override
                public boolean has(Parameter parameter) {
                    return false;
                }

                @Override
                public void apply(Parameter parameter, long first, double[] values) {}
            };

    boolean has(Parameter parameter);

    /// Puts the changed values in place of the stored ones.
    ///
    /// @param first the place of the first value in the tensor as Hugging Face's library shapes it
    /// @param values some of the tensor's values, in their order
    void apply(Parameter parameter, long first, double[] values);
}
