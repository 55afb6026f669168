package org.palimpsest.batch;

import java.util.List;

/// What PaliGemma's authors report for models fine-tuned on a task, to stand beside one's own figures. The images are others,
/// so they give the scale and no more.
///
/// Source: google-research/big_vision, big_vision/configs/proj/paligemma/README.md, 1475d53: PaliGemma 3B at 224, 448 and
/// 896 pixels.
public final class PublishedFigures {
    private static final String CAPTION = "caption en";
    private static final String CIDER = "CIDEr-D";
    private static final String ANSWER = "answer";

    // spotless:off
    private static final List<Figure> TABLE = List.of(
        new Figure(CAPTION,  CIDER,              "COCO captions, val",       List.of(1.4192, 1.4460)),
        new Figure(CAPTION,  CIDER,              "TextCaps, val",            List.of(1.2748, 1.5394)),
        new Figure(ANSWER,   "VQA accuracy",     "VQAv2, test-std",          List.of(0.8319, 0.8564)),
        new Figure(ANSWER,   "VQA accuracy",     "TextVQA, test-std",        List.of(0.5547, 0.7315, 0.7648)),
        new Figure(ANSWER,   "ANLS",             "DocVQA, test",             List.of(0.4374, 0.7802, 0.8477)),
        new Figure(ANSWER,   "relaxed accuracy", "ChartQA, test",            List.of(0.5708, 0.7136)),
        new Figure("refer",  "mIoU",             "RefCOCO, val",             List.of(0.7340, 0.7557, 0.7694)));
    // spotless:on

    private PublishedFigures() {}

    /// @param values at 224, 448 and 896 pixels, as far as they are given
    public record Figure(String task, String name, String data, List<Double> values) {
        public Figure {
            values = List.copyOf(values);
        }
    }

    /// What is published of the figures that a report has.
    public static List<Figure> of(EvaluationReport report) {
        return TABLE.stream()
                .filter(figure ->
                        report.metrics().stream()
                                .anyMatch(metric ->
                                        metric.task().equals(figure.task())
                                                && metric.name().equals(figure.name())))
                .toList();
    }
}
