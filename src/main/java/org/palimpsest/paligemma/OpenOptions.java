package org.palimpsest.paligemma;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.palimpsest.onnx.OperatorForm;

/// How a model is opened.
///
/// @param dtype which files of an ONNX folder are used; without effect on other layouts, whose weights keep their type
/// @param editGraphs whether the decoder of an ONNX folder is rewritten for speed while it is loaded; switched off, it runs as
///     it was published
/// @param gpuMemoryLimit the most GPU memory in bytes that one session may take
/// @param operatorForm how our own graphs are written
/// @param featureCacheBytes how much memory the features of images may take that were seen before
/// @param adaptable whether adapters can be switched on and off, which costs a tenth of the speed on a small model; without
///     effect on ONNX folders, which cannot
/// @param maskFile the `vae-oid.npz` that turns mask tokens into masks; empty for the one in the model's folder
/// @param adapter the PEFT folder of an adapter that is in use from the start; makes the model adaptable
public record OpenOptions(
        DtypeChoice dtype,
        boolean editGraphs,
        OptionalLong gpuMemoryLimit,
        OperatorForm operatorForm,
        long featureCacheBytes,
        Optional<Path> maskFile,
        boolean adaptable,
        Optional<Path> adapter) {
    private static final long DEFAULT_FEATURE_CACHE_BYTES = 256L << 20;

    public OpenOptions {
        if (featureCacheBytes < 0) {
            throw new IllegalArgumentException("Cache of " + featureCacheBytes + " bytes");
        }
    }

    public static OpenOptions standard() {
        return new OpenOptions(
                DtypeChoice.AUTOMATIC,
                true,
                OptionalLong.empty(),
                OperatorForm.FUSED,
                DEFAULT_FEATURE_CACHE_BYTES,
                Optional.empty(),
                false,
                Optional.empty());
    }

    public OpenOptions withDtype(DtypeChoice wanted) {
        return new OpenOptions(
                wanted,
                editGraphs,
                gpuMemoryLimit,
                operatorForm,
                featureCacheBytes,
                maskFile,
                adaptable,
                adapter);
    }

    public OpenOptions withEditGraphs(boolean wanted) {
        return new OpenOptions(
                dtype,
                wanted,
                gpuMemoryLimit,
                operatorForm,
                featureCacheBytes,
                maskFile,
                adaptable,
                adapter);
    }

    public OpenOptions withGpuMemoryLimit(OptionalLong bytes) {
        return new OpenOptions(
                dtype,
                editGraphs,
                bytes,
                operatorForm,
                featureCacheBytes,
                maskFile,
                adaptable,
                adapter);
    }

    public OpenOptions withOperatorForm(OperatorForm wanted) {
        return new OpenOptions(
                dtype,
                editGraphs,
                gpuMemoryLimit,
                wanted,
                featureCacheBytes,
                maskFile,
                adaptable,
                adapter);
    }

    public OpenOptions withMaskFile(Optional<Path> file) {
        return new OpenOptions(
                dtype,
                editGraphs,
                gpuMemoryLimit,
                operatorForm,
                featureCacheBytes,
                file,
                adaptable,
                adapter);
    }

    public OpenOptions withAdaptable(boolean wanted) {
        return new OpenOptions(
                dtype,
                editGraphs,
                gpuMemoryLimit,
                operatorForm,
                featureCacheBytes,
                maskFile,
                wanted,
                adapter);
    }

    public OpenOptions withAdapter(Optional<Path> folder) {
        return new OpenOptions(
                dtype,
                editGraphs,
                gpuMemoryLimit,
                operatorForm,
                featureCacheBytes,
                maskFile,
                adaptable || folder.isPresent(),
                folder);
    }
}
