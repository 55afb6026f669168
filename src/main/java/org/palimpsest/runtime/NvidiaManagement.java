package org.palimpsest.runtime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What NVIDIA's management library says of the GPUs, without any CUDA: names, the driver's version, memory.
///
/// Functions and sizes are those of `nvml.h` (NVIDIA/nvidia-settings, src/nvml.h): `nvmlMemory_t` is three 64-bit numbers,
/// total, free and used. Thread-safe.
public final class NvidiaManagement {
    private static final int TEXT_BYTES = 96;
    private static final int MOST_GPUS = 64;
    private static final String NVIDIA = "0x10de";
    private static final Path PCI = Path.of("/sys/bus/pci/devices");

    private NvidiaManagement() {}

    /// The GPUs that the driver knows; empty where there is no driver.
    public static List<Gpu> gpus() {
        String library = CudaLibraries.isWindows() ? "nvml.dll" : "libnvidia-ml.so.1";
        try (Arena arena = Arena.ofConfined()) {
            var management = new Calls(SymbolLookup.libraryLookup(library, Arena.global()), arena);
            if (!management.call("nvmlInit_v2")) {
                return List.of();
            }
            try {
                return management.gpus();
            } finally {
                management.call("nvmlShutdown");
            }
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /// Whether the computer has an NVIDIA GPU, whatever is installed. Known on Linux alone.
    static boolean isSeen() {
        return isSeen(PCI);
    }

    /// Display controllers are of class 0x03 (PCI Code and ID Assignment Specification).
    static boolean isSeen(Path devices) {
        if (!Files.isDirectory(devices)) {
            return false;
        }
        try (Stream<Path> all = Files.list(devices)) {
            return all.limit(4_096)
                    .anyMatch(one ->
                            read(one.resolve("vendor")).equals(NVIDIA)
                                    && read(one.resolve("class")).startsWith("0x03"));
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private record Calls(SymbolLookup library, Arena arena) {

        List<Gpu> gpus() {
            var number = arena.allocate(ValueLayout.JAVA_INT);
            if (!call("nvmlDeviceGetCount_v2", number)) {
                return List.of();
            }
            int count = Math.min(number.get(ValueLayout.JAVA_INT, 0), MOST_GPUS);
            String driver = text("nvmlSystemGetDriverVersion");
            var gpus = new ArrayList<Gpu>();
            for (int i = 0; i < count; i++) {
                gpu(i, driver).ifPresent(gpus::add);
            }
            return List.copyOf(gpus);
        }

        private Optional<Gpu> gpu(int index, String driver) {
            var handle = arena.allocate(ValueLayout.ADDRESS);
            if (!call("nvmlDeviceGetHandleByIndex_v2", index, handle)) {
                return Optional.empty();
            }
            MemorySegment device = handle.get(ValueLayout.ADDRESS, 0);
            var memory = arena.allocate(ValueLayout.JAVA_LONG, 3);
            boolean known = call("nvmlDeviceGetMemoryInfo", device, memory);
            return Optional.of(
                    new Gpu(
                            index,
                            text("nvmlDeviceGetName", device),
                            driver,
                            known ? memory.getAtIndex(ValueLayout.JAVA_LONG, 0) : 0,
                            known ? memory.getAtIndex(ValueLayout.JAVA_LONG, 1) : 0));
        }

        private String text(String function, Object... first) {
            var text = arena.allocate(TEXT_BYTES);
            var arguments = new ArrayList<>(List.of(first));
            arguments.add(text);
            arguments.add(TEXT_BYTES);
            return call(function, arguments.toArray()) ? text.getString(0) : "";
        }

        /// Whether the function is there and succeeded.
        boolean call(String function, Object... arguments) {
            var address = library.find(function);
            if (address.isEmpty()) {
                return false;
            }
            var layouts = new ArrayList<MemoryLayout>();
            for (Object argument : arguments) {
                layouts.add(
                        argument instanceof Integer ? ValueLayout.JAVA_INT : ValueLayout.ADDRESS);
            }
            var descriptor =
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, layouts.toArray(MemoryLayout[]::new));
            try {
                return (Integer)
                                Linker.nativeLinker()
                                        .downcallHandle(address.get(), descriptor)
                                        .invokeWithArguments(arguments)
                        == 0;
            } catch (Throwable e) {
                throw new IllegalStateException("Calling " + function, e);
            }
        }
    }
}
