package org.palimpsest.onnx;

/// Operators written as loops in double precision, to compare with.
final class PlainJava {
    private PlainJava() {}

    /// A [m, k] times B [k, n].
    static float[] matMul(float[] a, float[] b, int m, int k, int n) {
        var y = new float[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += (double) a[i * k + l] * b[l * n + j];
                }
                y[i * n + j] = (float) sum;
            }
        }
        return y;
    }

    static float[] transpose(float[] a, int rows, int columns) {
        var y = new float[a.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                y[j * rows + i] = a[i * columns + j];
            }
        }
        return y;
    }

    static float[] softmax(float[] x, int width) {
        var y = new float[x.length];
        for (int row = 0; row < x.length; row += width) {
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < width; i++) {
                most = Math.max(most, x[row + i]);
            }
            double sum = 0;
            for (int i = 0; i < width; i++) {
                sum += Math.exp(x[row + i] - most);
            }
            for (int i = 0; i < width; i++) {
                y[row + i] = (float) (Math.exp(x[row + i] - most) / sum);
            }
        }
        return y;
    }

    static float[] normalise(
            float[] x, float[] scale, float[] bias, double epsilon, boolean centre) {
        int width = scale.length;
        var y = new float[x.length];
        for (int row = 0; row < x.length; row += width) {
            double mean = 0;
            for (int i = 0; i < width && centre; i++) {
                mean += x[row + i] / (double) width;
            }
            double variance = 0;
            for (int i = 0; i < width; i++) {
                variance += (x[row + i] - mean) * (x[row + i] - mean) / width;
            }
            for (int i = 0; i < width; i++) {
                y[row + i] =
                        (float)
                                ((x[row + i] - mean) / Math.sqrt(variance + epsilon) * scale[i]
                                        + bias[i]);
            }
        }
        return y;
    }

    static float[] geluTanh(float[] x) {
        var y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            double v = x[i];
            y[i] =
                    (float)
                            (0.5
                                    * v
                                    * (1
                                            + Math.tanh(
                                                    Math.sqrt(2 / Math.PI)
                                                            * (v + 0.044715 * v * v * v))));
        }
        return y;
    }

    /// Convolution of x [in, size, size] with kernels [out, in, k, k].
    static float[] conv(
            float[] x, float[] w, int in, int out, int size, int k, int stride, int pad) {
        int made = (size + 2 * pad - k) / stride + 1;
        var y = new float[out * made * made];
        for (int o = 0; o < out; o++) {
            for (int r = 0; r < made; r++) {
                for (int c = 0; c < made; c++) {
                    double sum = 0;
                    for (int i = 0; i < in; i++) {
                        for (int kr = 0; kr < k; kr++) {
                            for (int kc = 0; kc < k; kc++) {
                                int row = r * stride + kr - pad;
                                int column = c * stride + kc - pad;
                                if (row >= 0 && row < size && column >= 0 && column < size) {
                                    sum +=
                                            (double) x[(i * size + row) * size + column]
                                                    * w[((o * in + i) * k + kr) * k + kc];
                                }
                            }
                        }
                    }
                    y[(o * made + r) * made + c] = (float) sum;
                }
            }
        }
        return y;
    }

    /// Transposed convolution of x [in, size, size] with kernels [in, out, k, k].
    static float[] convTranspose(
            float[] x, float[] w, int in, int out, int size, int k, int stride, int pad) {
        int made = (size - 1) * stride + k - 2 * pad;
        var y = new float[out * made * made];
        for (int i = 0; i < in; i++) {
            for (int r = 0; r < size; r++) {
                for (int c = 0; c < size; c++) {
                    for (int o = 0; o < out; o++) {
                        for (int kr = 0; kr < k; kr++) {
                            for (int kc = 0; kc < k; kc++) {
                                int row = r * stride + kr - pad;
                                int column = c * stride + kc - pad;
                                if (row >= 0 && row < made && column >= 0 && column < made) {
                                    y[(o * made + row) * made + column] +=
                                            x[(i * size + r) * size + c]
                                                    * w[((i * out + o) * k + kr) * k + kc];
                                }
                            }
                        }
                    }
                }
            }
        }
        return y;
    }

    /// softmax(cap·tanh(scale·Q·Kᵀ / cap) + mask)·V with q [heads, tokens, size], k and v [keyHeads, positions, size]
    /// and a mask [tokens, positions]; a cap of 0 is none.
    static float[] attention(
            float[] q, float[] k, float[] v, float[] mask, int[] sizes, double scale, double cap) {
        int heads = sizes[0];
        int keyHeads = sizes[1];
        int tokens = sizes[2];
        int positions = sizes[3];
        int size = sizes[4];
        var y = new float[heads * tokens * size];
        for (int h = 0; h < heads; h++) {
            int kh = h / (heads / keyHeads);
            for (int t = 0; t < tokens; t++) {
                var scores = new float[positions];
                for (int p = 0; p < positions; p++) {
                    double sum = 0;
                    for (int d = 0; d < size; d++) {
                        sum +=
                                (double) q[(h * tokens + t) * size + d]
                                        * k[(kh * positions + p) * size + d];
                    }
                    double capped = cap > 0 ? cap * Math.tanh(sum * scale / cap) : sum * scale;
                    scores[p] = (float) (capped + mask[t * positions + p]);
                }
                var weights = softmax(scores, positions);
                for (int d = 0; d < size; d++) {
                    double sum = 0;
                    for (int p = 0; p < positions; p++) {
                        sum += (double) weights[p] * v[(kh * positions + p) * size + d];
                    }
                    y[(h * tokens + t) * size + d] = (float) sum;
                }
            }
        }
        return y;
    }

    /// Rotates halves: x [heads, tokens, 2·half], cos and sin [tokens, half].
    static float[] rotate(float[] x, float[] cos, float[] sin, int tokens, int half) {
        var y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            int within = i % (2 * half);
            int token = i / (2 * half) % tokens;
            float c = cos[token * half + within % half];
            float s = sin[token * half + within % half];
            y[i] = within < half ? x[i] * c - x[i + half] * s : x[i] * c + x[i - half] * s;
        }
        return y;
    }
}
