package org.palimpsest.diagnosis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.modelstore.ModelFolder;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.runtime.DeviceSelection;
import org.palimpsest.runtime.GpuState;
import org.palimpsest.runtime.OnnxRuntime;

/// Examines this computer: what there is, what works, and what is missing.
public final class Doctor {
    /// Room for what is unpacked and kept: ONNX Runtime with CUDA, pictures.
    private static final long LEAST_DISK = 2_000_000_000L;

    private final Supplier<Surroundings> surroundings;

    public Doctor() {
        this(Surroundings::look);
    }

    /// @param surroundings of the computer that is examined
    public Doctor(Supplier<Surroundings> surroundings) {
        this.surroundings = surroundings;
    }

    /// Tries everything that can be tried; what fails is a finding in the result, never an exception.
    ///
    /// @param modelFolder the model to load and ask
    /// @throws java.util.concurrent.CancellationException if that was asked for meanwhile
    public Diagnosis examine(DeviceChoice choice, Path modelFolder, Progress progress) {
        progress.update(new ProgressUpdate("Looking at this computer", 0));
        var around = surroundings.get();
        var findings = new ArrayList<Finding>();
        if (around.onnxRuntime() instanceof Surroundings.Runtime.Fails(var problem)) {
            findings.add(new Finding.RuntimeFails(problem));
        }
        if (choice instanceof DeviceChoice.Automatic) {
            around.gpu().flatMap(Doctor::finding).ifPresent(findings::add);
        }
        if (around.cacheFreeBytes() < LEAST_DISK) {
            findings.add(new Finding.DiskNearlyFull(around.cache(), around.cacheFreeBytes()));
        }
        progress.update(new ProgressUpdate("Looking into the model's folder", 0.1));
        var memory = memory(around, choice, modelFolder, findings);
        return tried(around, choice, modelFolder, memory, findings, progress);
    }

    private static Optional<Finding> finding(GpuState gpu) {
        return switch (gpu) {
            case GpuState.Usable _ -> Optional.empty();
            case GpuState.NoDriver(String library, boolean seen) ->
                    Optional.of(
                            seen
                                    ? new Finding.DriverMissing(
                                            library, DriverCommand.forThisSystem())
                                    : new Finding.NoGpu(Machine.isLinux()));
            case GpuState.NoDevice _ ->
                    Optional.of(new Finding.DriverFails("the NVIDIA driver finds no GPU"));
            case GpuState.DriverFails(String reason, _) ->
                    Optional.of(new Finding.DriverFails(reason));
            case GpuState.NoCudaCode(boolean seen) ->
                    Optional.of(seen ? new Finding.ProcessorPackage() : new Finding.NoGpu(false));
            case GpuState.LibrariesMissing(var found, var libraries) ->
                    Optional.of(
                            new Finding.CudaLibrariesMissing(
                                    found, libraries, CudaInstaller.isSupported()));
            case GpuState.Refused(var found, String reason) ->
                    Optional.of(new Finding.GpuRefused(found, reason));
        };
    }

    /// What the model needs; says so where it is too much, or where there is no model.
    private static Optional<MemoryFit> memory(
            Surroundings around, DeviceChoice choice, Path folder, List<Finding> findings) {
        ModelFolder model;
        try {
            model = ModelFolder.read(folder);
        } catch (ProblemException e) {
            findings.add(new Finding.ModelDamaged(folder, e.problem()));
            return Optional.empty();
        }
        boolean processor = choice instanceof DeviceChoice.Exactly(Device.Cpu _);
        Optional<String> where = Optional.empty();
        var fit =
                new MemoryFit(
                        MemoryNeed.onProcessor(model),
                        around.machine().freeMemoryBytes(),
                        around.machine().memoryBytes());
        if (!processor
                && around.gpu().orElse(null) instanceof GpuState.Usable(var gpu)
                && gpu.memoryBytes() > 0) {
            fit = new MemoryFit(MemoryNeed.onGpu(model), gpu.freeBytes(), gpu.memoryBytes());
            where = Optional.of(gpu.name());
        }
        if (fit.verdict() != MemoryFit.Verdict.FITS) {
            findings.add(new Finding.MemoryTooSmall(model.name(), fit, where));
        }
        return Optional.of(fit);
    }

    private static Diagnosis tried(
            Surroundings around,
            DeviceChoice choice,
            Path folder,
            Optional<MemoryFit> memory,
            List<Finding> findings,
            Progress progress) {
        Optional<DeviceSelection> device = Optional.empty();
        Optional<ModelTrial> trial = Optional.empty();
        if (around.onnxRuntime() instanceof Surroundings.Runtime.Started) {
            try (OnnxRuntime runtime = OnnxRuntime.start()) {
                device = select(runtime, choice, findings);
                boolean possible =
                        memory.isPresent()
                                && findings.stream()
                                        .noneMatch(one -> one.severity() == Finding.Severity.ERROR);
                if (device.isPresent() && possible) {
                    trial = tryModel(runtime, device.get().device(), folder, findings, progress);
                }
            } catch (ProblemException e) {
                findings.add(new Finding.RuntimeFails(e.problem()));
            }
        }
        progress.update(new ProgressUpdate("Done", 1));
        return new Diagnosis(around, device, folder, memory, trial, findings);
    }

    private static Optional<DeviceSelection> select(
            OnnxRuntime runtime, DeviceChoice choice, List<Finding> findings) {
        try {
            return Optional.of(runtime.select(choice));
        } catch (ProblemException e) {
            findings.add(new Finding.DeviceUnusable(e.problem()));
            return Optional.empty();
        }
    }

    private static Optional<ModelTrial> tryModel(
            OnnxRuntime runtime,
            Device device,
            Path folder,
            List<Finding> findings,
            Progress progress) {
        try {
            return Optional.of(LoadTest.run(runtime, device, folder, Optional.empty(), progress));
        } catch (ProblemException e) {
            findings.add(new Finding.ModelFails(folder, e.problem()));
            return Optional.empty();
        }
    }
}
