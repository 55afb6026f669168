package org.palimpsest.benchmark;

import java.nio.file.Path;
import org.palimpsest.job.Progress;
import org.palimpsest.modelstore.OnnxConversion;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;

/// Makes up the model of a measurement in one of the layouts in which models are published.
public final class SyntheticModel {
    private SyntheticModel() {}

    /// The layouts that can be made.
    public enum Form {
        /// A Hugging Face folder.
        SAFETENSORS,
        /// An ONNX folder in float32.
        ONNX,
        /// An ONNX folder in float32 with a decoder in 4 bits beside the float32 one.
        ONNX_Q4
    }

    /// @param folder the folder to write into; must exist
    /// @return the folder of the model
    public static Path write(
            SyntheticShape shape, ElementType type, Form form, Path folder, Progress progress)
            throws ProblemException {
        Path safetensors = folder.resolve("synthetic");
        new SyntheticCheckpoint(shape, type).write(safetensors, progress);
        if (form == Form.SAFETENSORS) {
            return safetensors;
        }
        Path onnx = folder.resolve("synthetic-onnx");
        OnnxConversion.convert(safetensors, onnx, progress);
        if (form == Form.ONNX_Q4) {
            Int4Decoder.write(onnx.resolve("onnx"), progress);
        }
        return onnx;
    }
}
