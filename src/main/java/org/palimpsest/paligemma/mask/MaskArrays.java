package org.palimpsest.paligemma.mask;

import java.nio.file.Path;
import java.util.Map;
import org.palimpsest.checkpoint.NpzArchive;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;

/// The arrays of a `vae-oid.npz`, each checked against what the layer before it gives.
record MaskArrays(Path file, Map<String, Tensor> arrays) {
    static final String CODEBOOK = "_vq_vae._embedding";

    static MaskArrays read(Path file) throws ProblemException {
        return new MaskArrays(file, NpzArchive.open(file).tensors());
    }

    /// The codebook [128, width].
    Tensor codebook() throws ProblemException {
        var tensor = find(CODEBOOK, 2);
        requireShape(CODEBOOK, tensor, Shape.of(MaskCodec.CODEBOOK_SIZE, tensor.shape().size(1)));
        return tensor;
    }

    /// A square kernel [out, in, side, side], or [in, out, side, side] of a transposed convolution.
    Tensor kernel(Layer layer, long in) throws ProblemException {
        var name = layer.name() + ".weight";
        var tensor = find(name, 4);
        long out = tensor.shape().size(layer.transposed() ? 1 : 0);
        requireShape(
                name,
                tensor,
                layer.transposed()
                        ? Shape.of(in, out, layer.side(), layer.side())
                        : Shape.of(out, in, layer.side(), layer.side()));
        return tensor;
    }

    Tensor bias(Layer layer, long out) throws ProblemException {
        var name = layer.name() + ".bias";
        var tensor = find(name, 1);
        requireShape(name, tensor, Shape.of(out));
        return tensor;
    }

    private Tensor find(String name, int rank) throws ProblemException {
        var tensor = arrays.get(name);
        if (tensor == null) {
            throw problem(name, "missing");
        }
        if (tensor.elementType() != ElementType.FLOAT32) {
            throw problem(name, "FLOAT32 expected, found " + tensor.elementType());
        }
        if (tensor.shape().rank() != rank || tensor.shape().elementCount() == 0) {
            throw problem(name, rank + " axes expected, found shape " + tensor.shape());
        }
        return tensor;
    }

    private void requireShape(String name, Tensor tensor, Shape expected) throws ProblemException {
        if (!tensor.shape().equals(expected)) {
            throw problem(name, "shape " + expected + " expected, found " + tensor.shape());
        }
    }

    /// @param name of the array that does not fit
    ProblemException problem(String name, String what) {
        return new ProblemException(
                "The mask decoder's weights do not fit",
                file + ", array " + name + ": " + what,
                "Use the vae-oid.npz of PaliGemma's publishers");
    }

    /// A convolution of the networks.
    ///
    /// @param side of its kernel; 4 halves or doubles the image, 3 and 1 keep it
    record Layer(String name, int side, boolean transposed) {
        static Layer conv(String name, int side) {
            return new Layer(name, side, false);
        }

        static Layer doubling(String name) {
            return new Layer(name, 4, true);
        }

        int stride() {
            return side == 4 ? 2 : 1;
        }

        int padding() {
            return side == 1 ? 0 : 1;
        }
    }
}
