package org.palimpsest.format.lint;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.palimpsest.format.Finding.Severity;
import org.palimpsest.format.jsonl.JsonlFlavor;
import org.palimpsest.format.jsonl.JsonlRule;
import org.palimpsest.problem.ProblemException;

/// A trainer as it is set up for some task: what it takes and where it cuts.
///
/// @param id what a command takes, such as `bigvision-vqav2`
/// @param textLength how many tokens of prompt and answer it reads; empty where it cuts nothing
public record LintTarget(String id, JsonlFlavor flavor, OptionalInt textLength) {
    /// The text lengths of big_vision are those of its configs (big_vision/configs/proj/paligemma/transfers, 11eea57)
    /// and of pretraining (README.md there); that of keras-hub is its preprocessor's, 64 that of the cookbook; maestro's
    /// is its default; Roboflow's the SEQLEN of its notebook.
    public static final List<LintTarget> TABLE =
            List.of(
                    row("bigvision", JsonlFlavor.BIG_VISION, 128),
                    row("bigvision-pretrain-224", JsonlFlavor.BIG_VISION, 128),
                    row("bigvision-pretrain-448", JsonlFlavor.BIG_VISION, 512),
                    row("bigvision-screen2words", JsonlFlavor.BIG_VISION, 24),
                    row("bigvision-cococap", JsonlFlavor.BIG_VISION, 32),
                    row("bigvision-vqav2", JsonlFlavor.BIG_VISION, 32),
                    row("bigvision-gqa", JsonlFlavor.BIG_VISION, 32),
                    row("bigvision-textvqa", JsonlFlavor.BIG_VISION, 32),
                    row("bigvision-refcoco", JsonlFlavor.BIG_VISION, 48),
                    row("bigvision-chartqa", JsonlFlavor.BIG_VISION, 48),
                    row("bigvision-infovqa", JsonlFlavor.BIG_VISION, 48),
                    row("bigvision-nlvr2", JsonlFlavor.BIG_VISION, 64),
                    row("bigvision-scicap", JsonlFlavor.BIG_VISION, 96),
                    row("bigvision-ai2d", JsonlFlavor.BIG_VISION, 128),
                    row("bigvision-scienceqa", JsonlFlavor.BIG_VISION, 512),
                    row("roboflow", JsonlFlavor.ROBOFLOW, 128),
                    row("maestro", JsonlFlavor.MAESTRO, 512),
                    new LintTarget("huggingface", JsonlFlavor.HUGGING_FACE, OptionalInt.empty()),
                    row("keras", JsonlFlavor.KERAS, 1024),
                    row("keras-cookbook", JsonlFlavor.KERAS, 64));

    private static LintTarget row(String id, JsonlFlavor flavor, int textLength) {
        return new LintTarget(id, flavor, OptionalInt.of(textLength));
    }

    /// The target of an id.
    ///
    /// @throws ProblemException if there is none
    public static LintTarget find(String id) throws ProblemException {
        return TABLE.stream()
                .filter(target -> target.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                "There is no trainer called '" + id + "'",
                                "",
                                "Choose among "
                                        + TABLE.stream()
                                                .map(LintTarget::id)
                                                .collect(Collectors.joining(", "))));
    }

    /// The usual set-up of a flavour's trainer.
    public static LintTarget of(JsonlFlavor flavor) {
        return TABLE.stream()
                .filter(target -> target.flavor() == flavor)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No target for " + flavor));
    }

    /// What breaking a rule does here: an error loses the line, its answer or the whole run, a warning does not. Empty
    /// where the trainer does not care.
    Optional<Severity> severity(JsonlRule rule) {
        boolean bigVision = flavor == JsonlFlavor.BIG_VISION;
        return switch (rule) {
            case BYTE_ORDER_MARK,
                    NOT_UTF_8,
                    LINE_TOO_LONG,
                    NOT_JSON,
                    NOT_AN_OBJECT,
                    MISSING_KEY,
                    OTHER_TRAINERS_KEYS,
                    NOT_A_STRING,
                    IMAGE_PATH,
                    IMAGE_MISSING,
                    IMAGE_UNREADABLE,
                    LOCATION_RANGE,
                    MALFORMED_ANSWER,
                    DEGENERATE_BOX,
                    MASK_TOKENS ->
                    Optional.of(Severity.ERROR);
            // json.loads of every line, and one signature for all lines (datasets/jsonl.py).
            case BLANK_LINE, NESTED_VALUE, MIXED_TYPES, DIFFERENT_KEYS -> errorIf(bigVision);
            // The processor takes each <image> for an image (processing_paligemma.py).
            case IMAGE_TOKEN -> errorIf(!bigVision && flavor != JsonlFlavor.KERAS);
            // Without it the model never sees where a prompt ends.
            case PROMPT_LINE_BREAK -> errorIf(flavor == JsonlFlavor.KERAS);
            case SPLIT_MISSING -> errorIf(true).filter(_ -> flavor.needsAllSplits());
            case CLASS_LIST_DIFFERS -> errorIf(true).filter(_ -> takesDetectionOnly());
            case TASK_NOT_USED -> errorIf(false).filter(_ -> takesDetectionOnly());
            case CARRIAGE_RETURN,
                    NO_FINAL_LINE_BREAK,
                    IMAGE_TURNED,
                    IMAGE_IN_TWO_SPLITS,
                    PICTURE_IN_TWO_SPLITS,
                    DUPLICATE_EXAMPLE,
                    EMPTY_ANSWER,
                    TOO_LONG,
                    THIN_BOX,
                    LABEL_SYNTAX,
                    LABEL_NOT_ASKED,
                    LABEL_CASE ->
                    Optional.of(Severity.WARNING);
        };
    }

    private boolean takesDetectionOnly() {
        return flavor == JsonlFlavor.ROBOFLOW;
    }

    private static Optional<Severity> errorIf(boolean error) {
        return Optional.of(error ? Severity.ERROR : Severity.WARNING);
    }
}
