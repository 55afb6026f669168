package org.palimpsest.diagnosis;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/// The computer and the Java that run the program.
///
/// @param java version and vendor
/// @param processors logical processors that the program may use
/// @param memoryBytes main memory of the computer or container
/// @param freeMemoryBytes what is free or can be freed now
/// @param heapLimitBytes the most that Java's own heap takes; models lie outside it
public record Machine(
        String operatingSystem,
        String architecture,
        String java,
        int processors,
        long memoryBytes,
        long freeMemoryBytes,
        long heapLimitBytes) {

    /// This computer now.
    public static Machine current() {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                linuxKilobytes(Path.of("/proc/meminfo"), "MemAvailable")
                        .orElse(system.getFreeMemorySize()),
                Runtime.getRuntime().maxMemory());
    }

    static boolean isLinux() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    }

    /// The most memory that this process has held so far, in bytes; unknown outside Linux.
    public static OptionalLong peakMemoryBytes() {
        return linuxKilobytes(Path.of("/proc/self/status"), "VmHWM");
    }

    /// Lets [#peakMemoryBytes()] count anew from what the process holds now, where the system can do that.
    public static void forgetPeakMemory() {
        Path file = Path.of("/proc/self/clear_refs");
        if (Files.isWritable(file)) {
            try {
                // 5 resets the high-water mark (Linux, proc_pid_clear_refs(5)).
                Files.writeString(file, "5");
            } catch (IOException e) {
                // The peak then counts from the start of the process, which only ever makes it
                // larger.
                return;
            }
        }
    }

    // Both files have lines such as "VmHWM:   123456 kB".
    private static OptionalLong linuxKilobytes(Path file, String name) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(name + ":")) {
                    String number = line.substring(name.length() + 1).replaceAll("[^0-9]", "");
                    return OptionalLong.of(Long.parseLong(number) * 1024);
                }
            }
            return OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
