package org.palimpsest.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// ONNX Runtime in this process: chooses devices and opens sessions.
///
/// Thread-safe. Sessions outlive it only until the process ends: close them first.
public final class OnnxRuntime implements AutoCloseable {
    /// Values that depend on weights alone are computed once, when a model is loaded, up to this size; by default up to
    /// 1 GB (onnxruntime PR 28055). The embedding of the published models is 2 to 5 GB in float32: it would be widened
    /// anew in every run.
    private static final String FOLDING_LIMIT =
            "optimization.constant_folding_max_output_size_in_bytes";

    private static final String LARGEST_FOLDED = Long.toString(8L << 30);

    private final NativeLibraries libraries;
    private final OrtEnvironment environment;

    private OnnxRuntime(NativeLibraries libraries, OrtEnvironment environment) {
        this.libraries = libraries;
        this.environment = environment;
    }

    /// Starts ONNX Runtime with its libraries in the [CacheFolder]; the first time on a computer unpacks them there.
    public static OnnxRuntime start() throws ProblemException {
        return start(CacheFolder.path());
    }

    /// Starts ONNX Runtime with its libraries in this folder. A process keeps the libraries that it loaded first.
    public static synchronized OnnxRuntime start(Path cache) throws ProblemException {
        NativeLibraries libraries = NativeLibraries.prepare(cache);
        try {
            OrtEnvironment environment = environment();
            environment.setTelemetry(false);
            return new OnnxRuntime(libraries, environment);
        } catch (OrtException | LinkageError e) {
            throw new ProblemException(
                    new Problem(
                            "ONNX Runtime does not start",
                            libraries.folder() + ": " + e.getMessage(),
                            "Delete that folder and start again"),
                    e);
        }
    }

    /// Errors come back as exceptions, so nothing needs to be printed as well.
    private static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "palimpsest");
    }

    /// The version of ONNX Runtime, such as `1.28.0`.
    public String version() {
        return environment.getVersion();
    }

    /// The folder of the native libraries in use.
    public Path libraryFolder() {
        return libraries.folder();
    }

    /// The device for this choice, and in words why it is that one.
    ///
    /// @throws ProblemException if a device was asked for by name and cannot be used; nothing else is taken in its place
    public DeviceSelection select(DeviceChoice choice) throws ProblemException {
        return switch (choice) {
            case DeviceChoice.Exactly(Device.Cpu cpu) ->
                    new DeviceSelection(cpu, "The processor, as asked.");
            case DeviceChoice.Exactly(Device.Cuda cuda) ->
                    new DeviceSelection(cuda, gpuName(cuda.index()) + ", as asked.");
            case DeviceChoice.Automatic _ -> selectAutomatically();
        };
    }

    private DeviceSelection selectAutomatically() {
        try {
            return new DeviceSelection(
                    new Device.Cuda(0), gpuName(0) + ": the first GPU that can be used.");
        } catch (ProblemException e) {
            Problem problem = e.problem();
            String remedy = problem.remedy().isEmpty() ? "" : " " + problem.remedy() + ".";
            return new DeviceSelection(
                    new Device.Cpu(0), "The processor. No GPU: " + problem.detail() + "." + remedy);
        }
    }

    /// Tries a GPU in earnest: driver, libraries, ONNX Runtime's own CUDA code.
    ///
    /// @param index the number of the GPU, from 0
    /// @throws ProblemException if a library is there but damaged, or the CUDA code cannot be unpacked
    public GpuState gpu(int index) throws ProblemException {
        if (!libraries.hasCuda()) {
            boolean seen = !NvidiaManagement.gpus().isEmpty() || NvidiaManagement.isSeen();
            return new GpuState.NoCudaCode(seen);
        }
        List<String> names;
        try {
            names = CudaDriver.gpus();
        } catch (CudaDriver.NoGpuException e) {
            return e.state();
        }
        if (index >= names.size()) {
            return new GpuState.NoDevice(names.size());
        }
        Gpu gpu = describe(index, names.get(index));
        List<String> missing = CudaLibraries.loadAll();
        if (!missing.isEmpty()) {
            return new GpuState.LibrariesMissing(gpu, missing);
        }
        libraries.unpackCuda();
        try (var options = new OrtSession.SessionOptions()) {
            options.addCUDA(index);
        } catch (OrtException e) {
            return new GpuState.Refused(gpu, String.valueOf(e.getMessage()));
        }
        return new GpuState.Usable(gpu);
    }

    /// Both libraries number GPUs by their place on the bus or by speed; the name tells whether they agree.
    private static Gpu describe(int index, String name) {
        var known = NvidiaManagement.gpus();
        return known.stream()
                .filter(one -> one.name().equals(name))
                .filter(one -> one.index() == index || known.size() == 1)
                .findFirst()
                .map(one -> new Gpu(index, name, one.driver(), one.memoryBytes(), one.freeBytes()))
                .orElse(new Gpu(index, name, "", 0, 0));
    }

    private String gpuName(int index) throws ProblemException {
        return switch (gpu(index)) {
            case GpuState.Usable(Gpu gpu) -> gpu.name() + " (cuda:" + index + ")";
            case GpuState.NoDriver(String library, _) ->
                    throw noGpu(
                            index,
                            library + " is missing, so there is no NVIDIA driver",
                            "Install the NVIDIA driver if this computer has an NVIDIA GPU");
            case GpuState.NoDevice(int count) ->
                    throw count == 0
                            ? noGpu(index, "the NVIDIA driver finds no GPU", "")
                            : noGpu(
                                    index,
                                    "the driver has " + count + " GPU(s), numbered from 0",
                                    "Choose cuda:0");
            case GpuState.DriverFails(String reason, String remedy) ->
                    throw noGpu(index, reason, remedy);
            case GpuState.NoCudaCode _ ->
                    throw noGpu(
                            index,
                            "this package of ONNX Runtime has no CUDA code for this system",
                            "");
            case GpuState.LibrariesMissing(_, List<String> missing) ->
                    throw noGpu(
                            index,
                            String.join(", ", missing)
                                    + (missing.size() == 1 ? " is" : " are")
                                    + " missing",
                            "Install CUDA 12 or run palimpsest doctor --install-cuda");
            case GpuState.Refused(_, String reason) ->
                    throw noGpu(
                            index, "ONNX Runtime refuses it: " + reason, "Run palimpsest doctor");
        };
    }

    private static ProblemException noGpu(int index, String reason, String remedy) {
        return new ProblemException("cuda:" + index + " cannot be used", reason, remedy);
    }

    /// Loads a model. The caller closes the session.
    ///
    /// @throws ProblemException if the file is missing or no model, or the memory does not suffice
    public ModelSession open(ModelSource source, SessionSettings settings) throws ProblemException {
        String name =
                switch (source) {
                    case ModelSource.InFile(Path file) -> String.valueOf(file.getFileName());
                    case ModelSource.InMemory memory -> memory.name();
                };
        if (source instanceof ModelSource.InFile(Path file) && !Files.isReadable(file)) {
            throw new ProblemException(
                    "The model file cannot be read", file.toString(), "Check the path");
        }
        try (var options = new OrtSession.SessionOptions()) {
            configure(options, settings);
            OrtSession session =
                    switch (source) {
                        case ModelSource.InFile(Path file) ->
                                environment.createSession(file.toString(), options);
                        case ModelSource.InMemory memory -> {
                            options.addConfigEntry(FOLDING_LIMIT, LARGEST_FOLDED);
                            if (memory.externalDataFolder().isPresent()) {
                                options.addConfigEntry(
                                        "session.model_external_initializers_file_folder_path",
                                        memory.externalDataFolder().get().toString());
                            }
                            yield environment.createSession(memory.bytes(), options);
                        }
                    };
            return new ModelSession(name, settings.device(), session);
        } catch (OrtException e) {
            throw RuntimeProblems.of("Loading " + name, settings.device(), e);
        }
    }

    private static void configure(OrtSession.SessionOptions options, SessionSettings settings)
            throws OrtException {
        options.setOptimizationLevel(
                settings.graphOptimization()
                        ? OrtSession.SessionOptions.OptLevel.ALL_OPT
                        : OrtSession.SessionOptions.OptLevel.NO_OPT);
        options.addConfigEntry("session.disable_prepacking", settings.prepacking() ? "0" : "1");
        options.setMemoryPatternOptimization(settings.memoryPattern());
        if (settings.profile().isPresent()) {
            options.enableProfiling(settings.profile().get().toString());
        }
        switch (settings.device()) {
            case Device.Cpu(int threads) -> {
                if (threads > 0) {
                    options.setIntraOpNumThreads(threads);
                }
            }
            case Device.Cuda(int index) -> {
                try (var cuda = new OrtCUDAProviderOptions(index)) {
                    if (settings.gpuMemoryLimit().isPresent()) {
                        cuda.add(
                                "gpu_mem_limit",
                                Long.toString(settings.gpuMemoryLimit().getAsLong()));
                        cuda.add("arena_extend_strategy", "kSameAsRequested");
                    }
                    options.addCUDA(cuda);
                }
            }
        }
    }

    /// Ends the use of ONNX Runtime; the process keeps the loaded libraries.
    @Override
    public void close() {
        environment.close();
    }
}
