package org.palimpsest.runtime;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.palimpsest.problem.ProblemException;

/// The memory that a program can still have.
///
/// Asked before a model is widened in memory: on Linux such an allocation succeeds first, and the system ends the program
/// when the pages are filled.
public final class AvailableMemory {
    private static final Path MEMORY_INFO = Path.of("/proc/meminfo");

    private AvailableMemory() {}

    /// Bytes; where the system does not tell what is available, all that it has.
    public static long bytes() {
        OptionalLong available = OptionalLong.empty();
        try {
            if (Files.isReadable(MEMORY_INFO)) {
                available = available(Files.readAllLines(MEMORY_INFO));
            }
        } catch (IOException e) {
            available = OptionalLong.empty();
        }
        long all =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize();
        return Math.min(all, available.orElse(all));
    }

    static OptionalLong available(List<String> lines) {
        for (String line : lines) {
            String[] words = line.split("\\s+", -1);
            if (words.length == 3
                    && words[0].equals("MemAvailable:")
                    && words[1].matches("\\d{1,15}")) {
                return OptionalLong.of(Long.parseLong(words[1]) * 1024);
            }
        }
        return OptionalLong.empty();
    }

    /// @param what the thing that is to be loaded, for the message
    /// @throws ProblemException if so many bytes are not available
    public static void require(String what, long bytes) throws ProblemException {
        long available = bytes();
        if (bytes > available) {
            throw new ProblemException(
                    "Not enough memory on this computer",
                    what
                            + " needs about "
                            + inGigabytes(bytes)
                            + " GB, "
                            + inGigabytes(available)
                            + " GB are available",
                    "Close other programs, or use a smaller model or the q4 files of an ONNX folder");
        }
    }

    private static String inGigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1e9);
    }
}
