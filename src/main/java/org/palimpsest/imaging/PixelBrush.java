package org.palimpsest.imaging;

import java.util.Arrays;

/// Lays colour over whole pixels of an array, within a window of it.
final class PixelBrush {
    private final int[] argb;
    private final int stride;
    private int left;
    private int top;
    private int right;
    private int bottom;

    private int source;
    private int rest;

    /// @param argb pixels with premultiplied alpha
    PixelBrush(int[] argb, int stride) {
        this.argb = argb;
        this.stride = stride;
        clip(0, 0, stride, argb.length / Math.max(1, stride));
    }

    void clip(int newLeft, int newTop, int newRight, int newBottom) {
        left = newLeft;
        top = newTop;
        right = newRight;
        bottom = newBottom;
    }

    int left() {
        return left;
    }

    int top() {
        return top;
    }

    int right() {
        return right;
    }

    int bottom() {
        return bottom;
    }

    /// To the nearest whole number; of two equally near always the larger, so that shifting by whole numbers makes no
    /// difference.
    static int round(double value) {
        return (int) Math.clamp(Math.floor(value + 0.5), -1_000_000_000, 1_000_000_000);
    }

    void clear() {
        for (int y = top; y < bottom; y++) {
            if (left < right) {
                Arrays.fill(argb, y * stride + left, y * stride + right, 0);
            }
        }
    }

    /// The colour to lay on from now on.
    void color(int rgb, double opacity) {
        int alpha = (int) Math.round(255 * opacity);
        int red = div255((rgb >> 16 & 0xFF) * alpha);
        int green = div255((rgb >> 8 & 0xFF) * alpha);
        int blue = div255((rgb & 0xFF) * alpha);
        source = alpha << 24 | red << 16 | green << 8 | blue;
        rest = 255 - alpha;
    }

    private static int div255(int value) {
        return (value + 128 + ((value + 128) >> 8)) >> 8;
    }

    /// Lays the colour over one pixel inside of the window.
    void dot(int x, int y) {
        int at = y * stride + x;
        argb[at] = rest == 0 ? source : over(argb[at]);
    }

    void fill(int fromX, int fromY, int toX, int toY) {
        int x0 = Math.max(left, fromX);
        int x1 = Math.min(right, toX);
        int y1 = Math.min(bottom, toY);
        if (x0 >= x1 || source == 0) {
            return;
        }
        for (int y = Math.max(top, fromY); y < y1; y++) {
            int row = y * stride;
            if (rest == 0) {
                Arrays.fill(argb, row + x0, row + x1, source);
            } else {
                for (int at = row + x0; at < row + x1; at++) {
                    argb[at] = over(argb[at]);
                }
            }
        }
    }

    /// Source over destination, both premultiplied; two channels are computed in one number.
    private int over(int below) {
        if (below == 0) {
            return source;
        }
        int redBlue = (below & 0xFF00FF) * rest + 0x800080;
        redBlue = ((redBlue + ((redBlue >>> 8) & 0xFF00FF)) >>> 8) & 0xFF00FF;
        int alphaGreen = ((below >>> 8) & 0xFF00FF) * rest + 0x800080;
        alphaGreen = (alphaGreen + ((alphaGreen >>> 8) & 0xFF00FF)) & 0xFF00FF00;
        return source + (redBlue | alphaGreen);
    }

    /// An upright rectangle, its outline on whole pixels.
    void box(double x, double y, double xEnd, double yEnd, ShapeStyle style) {
        int thick = Math.max(1, round(style.width()));
        double half = thick / 2.0;
        int outerLeft = round(x - half);
        int outerTop = round(y - half);
        int outerRight = round(xEnd - half) + thick;
        int outerBottom = round(yEnd - half) + thick;
        boolean outside =
                outerLeft >= right
                        || outerRight <= left
                        || outerTop >= bottom
                        || outerBottom <= top;
        if (outside) {
            return;
        }
        if (style.fill() > 0) {
            color(style.rgb(), style.fill());
            fill(outerLeft + thick, outerTop + thick, outerRight - thick, outerBottom - thick);
        }
        color(style.rgb(), style.line());
        int unit = Math.max(1, round(style.width() / 2));
        int on = style.stroke().on() * unit;
        int period = on + style.stroke().off() * unit;
        across(outerLeft, outerRight, outerTop, thick, on, period);
        across(outerLeft, outerRight, outerBottom - thick, thick, on, period);
        down(outerTop + thick, outerBottom - thick, outerLeft, thick, on, period);
        down(outerTop + thick, outerBottom - thick, outerRight - thick, thick, on, period);
    }

    private void across(int fromX, int toX, int y, int thick, int on, int period) {
        if (on == period) {
            fill(fromX, y, toX, y + thick);
        } else if (y < bottom && y + thick > top) {
            for (int x = firstDash(fromX, left, period); x < Math.min(toX, right); x += period) {
                fill(x, y, Math.min(toX, x + on), y + thick);
            }
        }
    }

    private void down(int fromY, int toY, int x, int thick, int on, int period) {
        if (on == period) {
            fill(x, fromY, x + thick, toY);
        } else if (x < right && x + thick > left) {
            for (int y = firstDash(fromY, top, period); y < Math.min(toY, bottom); y += period) {
                fill(x, y, x + thick, Math.min(toY, y + on));
            }
        }
    }

    /// The last dash that begins before the window, counted from where the line begins.
    private static int firstDash(int from, int window, int period) {
        return window <= from ? from : from + (window - from) / period * period;
    }
}
