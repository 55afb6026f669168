package org.palimpsest.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.paligemma.mask.MaskCodec;
import org.palimpsest.paligemma.token.Tokenizer;
import org.palimpsest.paligemma.token.Tokenizers;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import picocli.CommandLine.Option;

/// The options that name a model for what an export or a check of a data set needs of it: its mask codes and its tokens.
///
/// There is no default: codes of one model's masks mean nothing to another.
final class MaskCoder {
    private static final String MASK_FILE = "vae-oid.npz";

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "The model that the data set is for: its vae-oid.npz makes mask codes, its"
                            + " tokenizer counts tokens.")
    private @Nullable Path model;

    @Option(
            names = "--vae",
            paramLabel = "FILE",
            description = "The vae-oid.npz that makes mask codes, if not that of --model.")
    private @Nullable Path vae;

    /// What was opened; closing it closes both.
    record Open(Optional<OnnxRuntime> runtime, Optional<MaskCodec> codec) implements AutoCloseable {
        @Override
        public void close() {
            codec.ifPresent(MaskCodec::close);
            runtime.ifPresent(OnnxRuntime::close);
        }
    }

    /// The codec of the named model; nothing where none was named or it has none.
    Open open() throws ProblemException {
        Path file = vae != null ? vae : model == null ? null : model.resolve(MASK_FILE);
        if (file == null || (vae == null && !Files.isRegularFile(file))) {
            return new Open(Optional.empty(), Optional.empty());
        }
        var runtime = OnnxRuntime.start();
        boolean opened = false;
        try {
            var codec = MaskCodec.open(file, runtime, new Device.Cpu(0));
            opened = true;
            return new Open(Optional.of(runtime), Optional.of(codec));
        } finally {
            if (!opened) {
                runtime.close();
            }
        }
    }

    /// The tokenizer of the named model.
    Optional<Tokenizer> tokenizer() throws ProblemException {
        return model == null ? Optional.empty() : Optional.of(Tokenizers.open(model));
    }
}
