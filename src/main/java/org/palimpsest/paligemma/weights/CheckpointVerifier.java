package org.palimpsest.paligemma.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.checkpoint.Checkpoint;
import org.palimpsest.checkpoint.StoredTensor;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;

/// Walks through every value of a checkpoint and says what it found.
public final class CheckpointVerifier {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// What was found in one tensor.
    ///
    /// @param used whether the model has a parameter of this name
    /// @param notFinite values that are NaN or infinite
    /// @param sha256 of the bytes, in hexadecimal, where it was asked for
    public record TensorReport(
            StoredTensor tensor, boolean used, long notFinite, Optional<String> sha256) {}

    /// What was found in a whole checkpoint. Names, shapes and types were right, or there would be no report.
    public record Report(PaliGemmaConfig config, List<TensorReport> tensors) {
        public Report {
            tensors = List.copyOf(tensors);
        }

        /// Whether every value of every tensor that the model uses is finite.
        public boolean isSound() {
            return tensors.stream().noneMatch(one -> one.used() && one.notFinite() > 0);
        }

        /// Parameters of the model, counted in values.
        public long parameterCount() {
            return tensors.stream()
                    .filter(TensorReport::used)
                    .mapToLong(one -> one.tensor().info().shape().elementCount())
                    .sum();
        }

        public long byteSize() {
            return tensors.stream().mapToLong(one -> one.tensor().length()).sum();
        }
    }

    private CheckpointVerifier() {}

    /// Reads the configuration, finds every parameter, and reads every value.
    ///
    /// @param folder a Hugging Face folder or a Keras preset
    /// @param hashes whether to compute SHA-256 of every tensor
    /// @throws ProblemException if something is missing or does not fit, or the check was cancelled
    public static Report verify(Path folder, boolean hashes, Progress progress)
            throws ProblemException {
        var config = ConfigReader.read(folder);
        try (var checkpoint = WeightFiles.open(folder, config.conventions().layout())) {
            var weights = PaliGemmaWeights.locate(checkpoint, config);
            var used = new HashSet<String>();
            weights.all().forEach(weight -> used.add(weight.stored().name()));
            return new Report(weights.config(), verify(checkpoint, used, hashes, progress));
        }
    }

    private static List<TensorReport> verify(
            Checkpoint checkpoint, Set<String> used, boolean hashes, Progress progress)
            throws ProblemException {
        var tensors = checkpoint.tensors();
        long total = Math.max(1, tensors.stream().mapToLong(StoredTensor::length).sum());
        long done = 0;
        var reports = new ArrayList<TensorReport>();
        for (var tensor : tensors) {
            if (progress.isCancelled()) {
                throw new ProblemException(
                        "The check was cancelled", checkpoint.location().toString(), "");
            }
            progress.update(new ProgressUpdate("Checking " + tensor.name(), (double) done / total));
            try (var arena = Arena.ofConfined()) {
                var memory = checkpoint.map(tensor, arena).memory();
                reports.add(verify(tensor, memory, used.contains(tensor.name()), hashes));
            }
            done += tensor.length();
        }
        return reports;
    }

    private static TensorReport verify(
            StoredTensor tensor, MemorySegment memory, boolean used, boolean hashes) {
        @Nullable MessageDigest digest = hashes ? sha256() : null;
        long notFinite = 0;
        for (long position = 0; position < memory.byteSize(); position += CHUNK_BYTES) {
            var chunk =
                    memory.asSlice(position, Math.min(CHUNK_BYTES, memory.byteSize() - position));
            notFinite += countNotFinite(chunk, tensor.info().elementType());
            if (digest != null) {
                digest.update(chunk.asByteBuffer());
            }
        }
        var hash =
                digest == null
                        ? Optional.<String>empty()
                        : Optional.of(HexFormat.of().formatHex(digest.digest()));
        return new TensorReport(tensor, used, notFinite, hash);
    }

    /// A value is infinite or NaN where all exponent bits are set.
    private static long countNotFinite(MemorySegment values, ElementType type) {
        return switch (type) {
            case FLOAT32 -> {
                long count = 0;
                for (long at = 0; at < values.byteSize(); at += 4) {
                    count += (values.get(INT, at) & 0x7F80_0000) == 0x7F80_0000 ? 1 : 0;
                }
                yield count;
            }
            case FLOAT16 -> countHalves(values, 0x7C00);
            case BFLOAT16 -> countHalves(values, 0x7F80);
            default -> 0;
        };
    }

    private static long countHalves(MemorySegment values, int exponent) {
        long count = 0;
        for (long at = 0; at < values.byteSize(); at += 2) {
            count += (values.get(SHORT, at) & exponent) == exponent ? 1 : 0;
        }
        return count;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
