package org.palimpsest.evaluation.detection;

/// The numbers at which COCO's evaluation looks (cocodataset/cocoapi PythonAPI/pycocotools/cocoeval.py, Params), as
/// numpy's `linspace` computes them: a match is decided by comparing with these very doubles.
final class CocoGrid {
    static final double[] IOU_THRESHOLDS = linspace(0.5, 0.95, 10);
    static final double[] RECALL_POINTS = linspace(0, 1, 101);
    static final int[] DETECTION_LIMITS = {1, 10, 100};

    /// Only so many detections of a label in an image are looked at.
    static final int MAX_DETECTIONS = 100;

    private CocoGrid() {}

    private static double[] linspace(double start, double stop, int count) {
        var points = new double[count];
        double step = (stop - start) / (count - 1);
        for (int i = 0; i < count; i++) {
            points[i] = i * step + start;
        }
        points[count - 1] = stop;
        return points;
    }
}
