package org.palimpsest.imaging;

/// How the pixels under a new, larger pixel are weighted (Pillow 12.3, src/libImaging/Resample.c).
public enum ResizeFilter {
    BOX(0.5) {
        @Override
        double weight(double distance) {
            return distance > -0.5 && distance <= 0.5 ? 1 : 0;
        }
    },
    BILINEAR(1) {
        @Override
        double weight(double distance) {
            double x = Math.abs(distance);
            return x < 1 ? 1 - x : 0;
        }
    },
    /// Keys' cubic with a = -0.5.
    BICUBIC(2) {
        @Override
        double weight(double distance) {
            final double a = -0.5;
            double x = Math.abs(distance);
            if (x < 1) {
                return ((a + 2) * x - (a + 3)) * x * x + 1;
            }
            return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
        }
    };

    private final double support;

    ResizeFilter(double support) {
        this.support = support;
    }

    /// How far from its middle the filter reaches, in pixels of the smaller image.
    double support() {
        return support;
    }

    abstract double weight(double distance);
}
