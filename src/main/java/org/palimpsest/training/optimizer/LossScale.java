package org.palimpsest.training.optimizer;

import org.palimpsest.tensor.ElementType;

/// The factor that keeps gradients of half precision from vanishing: the loss is multiplied by it, the gradients divided.
///
/// It halves when gradients are not finite, in which case that step is skipped, and doubles after 200 good steps in a row
/// (Micikevicius et al., Mixed Precision Training, arXiv 1710.03740, section 3.2). Factors are powers of 2, so that scaling
/// costs no digit. In float32 it is always 1.
///
/// @param scale 1 to 2²⁴
/// @param goodSteps in a row since the factor changed
public record LossScale(double scale, int goodSteps, boolean isDynamic) {
    private static final double FIRST = 1 << 15;
    private static final double LARGEST = 1 << 24;
    private static final int STEPS_UNTIL_DOUBLED = 200;
    private static final String FIXED = "fixed";

    public LossScale {
        if (!(scale >= 1 && scale <= LARGEST) || Math.scalb(1, Math.getExponent(scale)) != scale) {
            throw new IllegalArgumentException("Scale " + scale);
        }
        if (goodSteps < 0 || goodSteps >= STEPS_UNTIL_DOUBLED || (!isDynamic && scale != 1)) {
            throw new IllegalArgumentException(scale + " after " + goodSteps + " good steps");
        }
    }

    /// What a run begins with that computes in this type.
    public static LossScale of(ElementType computeType) {
        return computeType == ElementType.FLOAT16
                ? new LossScale(FIRST, 0, true)
                : new LossScale(1, 0, false);
    }

    /// Whether a smaller factor may help.
    public boolean canFall() {
        return isDynamic && scale > 1;
    }

    public LossScale afterGoodStep() {
        if (!isDynamic) {
            return this;
        }
        return goodSteps + 1 < STEPS_UNTIL_DOUBLED
                ? new LossScale(scale, goodSteps + 1, true)
                : new LossScale(Math.min(LARGEST, scale * 2), 0, true);
    }

    /// After a step whose gradients were not finite.
    public LossScale afterOverflow() {
        return isDynamic ? new LossScale(Math.max(1, scale / 2), 0, true) : this;
    }

    /// One word for files: `fixed`, or factor and good steps such as `32768:17`.
    public String toText() {
        return isDynamic ? (long) scale + ":" + goodSteps : FIXED;
    }

    /// Reads what [#toText] wrote.
    ///
    /// @throws IllegalArgumentException if the text is no such thing
    public static LossScale parse(String text) {
        if (text.equals(FIXED)) {
            return new LossScale(1, 0, false);
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("No loss scale: " + text);
        }
        return new LossScale(
                Long.parseLong(text.substring(0, colon)),
                Integer.parseInt(text.substring(colon + 1)),
                true);
    }
}
