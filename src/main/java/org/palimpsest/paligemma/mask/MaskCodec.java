package org.palimpsest.paligemma.mask;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.onnx.OnnxModel;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.ModelSession;
import org.palimpsest.runtime.ModelSource;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;
import org.palimpsest.tensor.Shape;

/// Turns a mask within its box into 16 codes of 0 to 127, the numbers of PaliGemma's `<seg…>` tokens, and codes into a
/// mask (big_vision evaluators/proj/paligemma/transfers/segmentation.py, 0127fb6).
///
/// Thread-safe; one call computes at a time.
public final class MaskCodec implements AutoCloseable {
    /// The pixels of a side of the square that codes stand for.
    public static final int SIDE = 64;

    /// How many codes one mask has: four rows of four.
    public static final int CODES = 16;

    /// How many different codes there are.
    public static final int CODEBOOK_SIZE = 128;

    private final ModelSession encoder;
    private final ModelSession decoder;

    private MaskCodec(ModelSession encoder, ModelSession decoder) {
        this.encoder = encoder;
        this.decoder = decoder;
    }

    /// Loads the networks of a `vae-oid.npz`; their widths are those of its arrays.
    ///
    /// @throws ProblemException naming file and array if one is missing or has another shape or type
    public static MaskCodec open(Path vaeNpz, OnnxRuntime runtime, Device device)
            throws ProblemException {
        var graphs = new MaskGraphs(MaskArrays.read(vaeNpz));
        var settings = SessionSettings.on(device);
        var encoder = runtime.open(source("mask encoder", graphs.encoder()), settings);
        try {
            return new MaskCodec(
                    encoder, runtime.open(source("mask decoder", graphs.decoder()), settings));
        } catch (ProblemException e) {
            encoder.close();
            throw e;
        }
    }

    private static ModelSource source(String name, OnnxModel model) {
        return new ModelSource.InMemory(name, model.toBytes(), Optional.empty());
    }

    /// The 16 codes of the part of the mask inside the box.
    ///
    /// @param box in pixels, not rounded; it is rounded to whole pixels, halves to the even one, and cut to the image
    public int[] encode(Mask mask, Box box) throws ProblemException {
        return encode(MaskPlacement.crop(mask, box));
    }

    /// The 16 codes of a square of 64 × 64 pixels from 0 (background) to 1 (object), row by row.
    public synchronized int[] encode(float[] square) throws ProblemException {
        requireLength(square.length, SIDE * SIDE);
        try (var pixels = NativeTensor.ofFloats(Shape.of(1, SIDE, SIDE), square);
                var result =
                        encoder.run(
                                Map.of(MaskGraphs.PIXELS, pixels),
                                Set.of(MaskGraphs.CODES),
                                new CancelToken())) {
            return Arrays.stream(result.get(MaskGraphs.CODES).toLongs())
                    .mapToInt(code -> (int) code)
                    .toArray();
        }
    }

    /// The square of 64 × 64 numbers, about -1 to 1, that the codes stand for, row by row; above 0 is object.
    ///
    /// @throws IllegalArgumentException unless there are 16 codes of 0 to 127
    public synchronized float[] decode(int[] codes) throws ProblemException {
        requireLength(codes.length, CODES);
        var wide = Arrays.stream(codes).asLongStream().toArray();
        for (long code : wide) {
            if (code < 0 || code >= CODEBOOK_SIZE) {
                throw new IllegalArgumentException("No segmentation code: " + code);
            }
        }
        try (var input = NativeTensor.ofLongs(Shape.of(1, CODES), wide);
                var result =
                        decoder.run(
                                Map.of(MaskGraphs.CODES, input),
                                Set.of(MaskGraphs.PIXELS),
                                new CancelToken())) {
            return result.get(MaskGraphs.PIXELS).toFloats();
        }
    }

    /// The mask of the image's size that the codes draw inside the box.
    ///
    /// @throws IllegalArgumentException unless there are 16 codes of 0 to 127
    public Mask decode(List<Integer> codes, NormalizedBox box, Size image) throws ProblemException {
        return MaskPlacement.paste(
                decode(codes.stream().mapToInt(Integer::intValue).toArray()), box, image);
    }

    /// How much of a mask survives as 16 codes: its intersection over union with what its codes draw.
    ///
    /// @param box the object's box in pixels
    public double roundTripIou(Mask mask, Box box) throws ProblemException {
        var image = mask.size();
        var cut = box.clampTo(image);
        var written =
                NormalizedBox.ofFractions(
                        cut.yMin() / image.height(),
                        cut.xMin() / image.width(),
                        cut.yMax() / image.height(),
                        cut.xMax() / image.width());
        return mask.iou(MaskPlacement.paste(decode(encode(mask, box)), written, image));
    }

    private static void requireLength(int actual, int expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(expected + " numbers expected, not " + actual);
        }
    }

    @Override
    public synchronized void close() {
        encoder.close();
        decoder.close();
    }
}
