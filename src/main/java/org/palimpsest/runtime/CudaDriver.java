package org.palimpsest.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// What the NVIDIA driver says of its GPUs, asked through the driver library itself.
final class CudaDriver {
    private static final int NAME_BYTES = 128;

    private CudaDriver() {}

    /// Names of the GPUs, in CUDA's order.
    ///
    /// @throws NoGpuException with the reason if the driver is missing or finds no GPU
    static List<String> gpus() throws NoGpuException {
        String library = CudaLibraries.isWindows() ? "nvcuda.dll" : "libcuda.so.1";
        SymbolLookup driver;
        try {
            driver = SymbolLookup.libraryLookup(library, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new NoGpuException(new GpuState.NoDriver(library, NvidiaManagement.isSeen()));
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            check("cuInit", call(driver, "cuInit", 0));
            check("cuDeviceGetCount", call(driver, "cuDeviceGetCount", number));
            int count = number.get(ValueLayout.JAVA_INT, 0);
            var names = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                names.add(name(driver, arena, i));
            }
            if (names.isEmpty()) {
                throw new NoGpuException(new GpuState.NoDevice(0));
            }
            return List.copyOf(names);
        }
    }

    private static String name(SymbolLookup driver, Arena arena, int index) throws NoGpuException {
        MemorySegment device = arena.allocate(ValueLayout.JAVA_INT);
        check("cuDeviceGet", call(driver, "cuDeviceGet", device, index));
        MemorySegment text = arena.allocate(NAME_BYTES);
        int handle = device.get(ValueLayout.JAVA_INT, 0);
        check("cuDeviceGetName", call(driver, "cuDeviceGetName", text, NAME_BYTES, handle));
        return text.getString(0);
    }

    private static void check(String function, int status) throws NoGpuException {
        if (status != 0) {
            // CUDA_ERROR_NO_DEVICE (100) is what a driver without its GPU answers.
            throw new NoGpuException(
                    status == 100
                            ? new GpuState.NoDevice(0)
                            : new GpuState.DriverFails(
                                    "the NVIDIA driver answered "
                                            + function
                                            + " with error "
                                            + status,
                                    "Try nvidia-smi: it says whether the driver works"));
        }
    }

    private static int call(SymbolLookup driver, String function, Object... arguments)
            throws NoGpuException {
        var layouts = new ArrayList<java.lang.foreign.MemoryLayout>();
        for (Object argument : arguments) {
            layouts.add(argument instanceof Integer ? ValueLayout.JAVA_INT : ValueLayout.ADDRESS);
        }
        MemorySegment address =
                driver.find(function)
                        .orElseThrow(() ->
                                new NoGpuException(
                                        new GpuState.DriverFails(
                                                "the NVIDIA driver has no function " + function,
                                                "Install a newer NVIDIA driver")));
        FunctionDescriptor descriptor =
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        layouts.toArray(java.lang.foreign.MemoryLayout[]::new));
        try {
            Object result =
                    Linker.nativeLinker()
                            .downcallHandle(address, descriptor)
                            .invokeWithArguments(arguments);
            return (Integer) result;
        } catch (Throwable e) {
            throw new IllegalStateException("Calling " + function, e);
        }
    }

    /// Why no GPU can be used.
    static final class NoGpuException extends Exception {
        private final transient GpuState state;

        NoGpuException(GpuState state) {
            super(state.toString());
            this.state = state;
        }

        GpuState state() {
            return state;
        }
    }
}
