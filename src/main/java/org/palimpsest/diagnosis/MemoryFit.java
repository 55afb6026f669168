package org.palimpsest.diagnosis;

/// Whether a model fits into a memory.
///
/// @param freeBytes what is free or can be freed now
/// @param totalBytes all there is
public record MemoryFit(MemoryNeed need, long freeBytes, long totalBytes) {

    /// The answer.
    public enum Verdict {
        /// There is room.
        FITS,
        /// There is room once other programs are closed.
        AFTER_CLOSING_OTHERS,
        /// Not on this computer.
        TOO_LARGE
    }

    public Verdict verdict() {
        if (need.total() <= freeBytes) {
            return Verdict.FITS;
        }
        return need.total() <= totalBytes ? Verdict.AFTER_CLOSING_OTHERS : Verdict.TOO_LARGE;
    }
}
