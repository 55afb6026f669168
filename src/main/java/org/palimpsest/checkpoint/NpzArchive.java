package org.palimpsest.checkpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.Tensor;

/// The arrays of a NumPy `.npz` archive, stored or deflated, by name and without the ending `.npy`.
///
/// Everything is in memory, which is released when the archive is no longer reachable. Thread-safe.
public final class NpzArchive {
    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_TOTAL_BYTES = 256L << 20;

    /// Deflate turns at most 258 bytes into two bits
    /// (https://zlib.net/zlib_tech.html, "maximum compression factor"), so more than this is a lie.
    private static final long MAX_DEFLATE_FACTOR = 1_032;

    private final Map<String, Tensor> tensors;

    private NpzArchive(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    /// Reads every array of the archive.
    ///
    /// @throws ProblemException if it is no archive, an array is damaged, or all together exceed 256 MiB
    public static NpzArchive open(Path file) throws ProblemException {
        var tensors = new LinkedHashMap<String, Tensor>();
        try (var zip = new ZipFile(file.toFile())) {
            if (zip.size() > MAX_ENTRIES) {
                throw NpyHeader.damaged(file.toString(), zip.size() + " entries");
            }
            long left = MAX_TOTAL_BYTES;
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (!entry.getName().endsWith(".npy")) {
                    continue;
                }
                String name = entry.getName().substring(0, entry.getName().length() - 4);
                var tensor = read(zip, entry, name, file + ", array " + name, left);
                left -= tensor.memory().byteSize();
                if (tensors.put(name, tensor) != null) {
                    throw NpyHeader.damaged(
                            file.toString(), "the array " + name + " is there twice");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ProblemException(
                    new Problem(
                            "This is not a NumPy archive, or it is damaged",
                            file + ": " + e.getMessage(),
                            "Download or copy the file again"),
                    e);
        }
        if (tensors.isEmpty()) {
            throw NpyHeader.damaged(file.toString(), "no array is in it");
        }
        return new NpzArchive(tensors);
    }

    /// All arrays, in the archive's order.
    public Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    private static Tensor read(
            ZipFile zip, ZipEntry entry, String name, String place, long maxBytes)
            throws IOException, ProblemException {
        long compressed = Math.max(0, entry.getCompressedSize());
        long possible =
                entry.getMethod() == ZipEntry.STORED
                        ? compressed
                        : Math.multiplyExact(Math.min(compressed, maxBytes), MAX_DEFLATE_FACTOR);
        try (var in = new BufferedInputStream(zip.getInputStream(entry))) {
            return NpyFile.read(in, name, place, Math.min(possible, maxBytes), Arena.ofAuto());
        }
    }
}
