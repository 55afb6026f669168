package org.palimpsest.paligemma.mask;

import static org.palimpsest.tensor.ElementType.FLOAT32;
import static org.palimpsest.tensor.ElementType.INT64;

import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.OnnxModel;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.onnx.Value;
import org.palimpsest.paligemma.mask.MaskArrays.Layer;
import org.palimpsest.problem.ProblemException;

/// The two halves of the VQ-VAE as graphs, the weights inside. Layers are named as the arrays are, after their place in
/// the network of the published file.
final class MaskGraphs {
    /// Squares of 64 × 64, into the encoder and out of the decoder.
    static final String PIXELS = "pixels";

    /// int64 [masks, 16].
    static final String CODES = "codes";

    /// What the encoder looks up in the codebook, [masks, 16, width].
    static final String EMBEDDINGS = "embeddings";

    private static final int GRID = 4;

    private final MaskArrays arrays;

    MaskGraphs(MaskArrays arrays) {
        this.arrays = arrays;
    }

    /// Squares of 0 to 1, [masks, 64, 64], to codes.
    OnnxModel encoder() throws ProblemException {
        var g = new GraphBuilder("mask_encoder", OperatorForm.FUSED);
        var pixels = g.input(PIXELS, FLOAT32, "masks", MaskCodec.SIDE, MaskCodec.SIDE);
        var x = g.unsqueeze(g.mul(g.sub(pixels, 0.5), 2), 1); // [masks, 1, 64, 64]
        for (int layer : new int[] {0, 2, 4, 6}) {
            x = g.relu(convolve(g, Layer.conv("encoder." + layer, 4), x));
        }
        x = residual(g, "encoder.8", x);
        x = residual(g, "encoder.9", x);
        x = convolve(g, Layer.conv("encoder.10", 1), x); // [masks, width, 4, 4]
        var embeddings =
                g.transpose(g.reshape(x, 0, 0, MaskCodec.CODES), 0, 2, 1); // [masks, 16, width]
        g.output(EMBEDDINGS, embeddings);
        g.output(CODES, nearest(g, embeddings));
        return g.toModel();
    }

    /// argmin over c of |x - c|², without |x|², which is the same for all.
    private Value nearest(GraphBuilder g, Value x) throws ProblemException {
        var codebook = g.weight(MaskArrays.CODEBOOK, arrays.codebook());
        if (!x.dimension(-1).equals(codebook.dimension(-1))) {
            throw arrays.problem(
                    MaskArrays.CODEBOOK,
                    x.dimension(-1)
                            + " numbers in a vector expected, as encoder.10 gives, found "
                            + codebook.dimension(-1));
        }
        var lengths = g.reduceSum(g.mul(codebook, codebook), false, 1); // [128]
        var products = g.matMulTransposed(x, codebook); // [masks, 16, 128]
        return g.argMin(g.sub(lengths, g.mul(products, 2)), -1, false);
    }

    /// Codes to squares of about -1 to 1, [masks, 64, 64].
    OnnxModel decoder() throws ProblemException {
        var g = new GraphBuilder("mask_decoder", OperatorForm.FUSED);
        var codes = g.input(CODES, INT64, "masks", MaskCodec.CODES);
        var codebook = g.weight(MaskArrays.CODEBOOK, arrays.codebook());
        var vectors = g.gather(codebook, codes, 0); // [masks, 16, width]
        var x = g.reshape(g.transpose(vectors, 0, 2, 1), 0, 0, GRID, GRID);
        x = g.relu(convolve(g, Layer.conv("decoder.0", 1), x));
        x = residual(g, "decoder.2", x);
        x = residual(g, "decoder.3", x);
        for (int layer : new int[] {4, 6, 8, 10}) {
            x = g.relu(convolve(g, Layer.doubling("decoder." + layer), x));
        }
        x = convolve(g, Layer.conv("decoder.12", 1), x); // [masks, 1, 64, 64]
        if (x.fixedSize(1) != 1) {
            throw arrays.problem("decoder.12.weight", "1 output expected, found " + x.fixedSize(1));
        }
        g.output(PIXELS, g.reshape(x, 0, MaskCodec.SIDE, MaskCodec.SIDE));
        return g.toModel();
    }

    /// x + conv(relu(conv(relu(conv(x))))).
    private Value residual(GraphBuilder g, String block, Value x) throws ProblemException {
        var inner = g.relu(convolve(g, Layer.conv(block + ".net.0", 3), x));
        inner = g.relu(convolve(g, Layer.conv(block + ".net.2", 3), inner));
        return g.add(x, convolve(g, Layer.conv(block + ".net.4", 1), inner));
    }

    private Value convolve(GraphBuilder g, Layer layer, Value x) throws ProblemException {
        var kernel = g.weight(layer.name() + ".weight", arrays.kernel(layer, x.fixedSize(1)));
        long out = kernel.fixedSize(layer.transposed() ? 1 : 0);
        var bias = g.weight(layer.name() + ".bias", arrays.bias(layer, out));
        return layer.transposed()
                ? g.convTranspose(x, kernel, bias, layer.stride(), layer.padding())
                : g.conv(x, kernel, bias, layer.stride(), layer.padding());
    }
}
