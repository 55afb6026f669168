package org.palimpsest.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.palimpsest.runtime.Gpu;
import org.palimpsest.runtime.GpuState;

/// A diagnosis as lines of plain English, for a terminal or to be sent to somebody who can help.
public final class Report {
    private static final double GIBIBYTE = 1L << 30;

    private Report() {}

    /// Names in one column, values behind them; nothing personal but the folders' names.
    ///
    /// @param version of the program
    /// @param installation where the program lies
    public static List<String> lines(Diagnosis diagnosis, String version, String installation) {
        var lines = new ArrayList<String>();
        Machine machine = diagnosis.machine();
        lines.add(line("Palimpsest", version));
        lines.add(line("System", machine.operatingSystem() + ", " + machine.architecture()));
        lines.add(line("Java", machine.java()));
        lines.add(line("Processors", Integer.toString(machine.processors())));
        lines.add(
                line(
                        "Memory",
                        format(
                                "%.1f GiB, %.1f GiB of it free; Java's own heap takes up to %.1f GiB",
                                machine.memoryBytes() / GIBIBYTE,
                                machine.freeMemoryBytes() / GIBIBYTE,
                                machine.heapLimitBytes() / GIBIBYTE)));
        diagnosis.surroundings().gpu().ifPresent(gpu -> lines.add(line("GPU", gpu(gpu))));
        lines.add(line("ONNX Runtime", diagnosis.onnxRuntime().orElse("does not start")));
        diagnosis
                .device()
                .ifPresent(selection ->
                        lines.add(
                                line(
                                        "Device",
                                        selection.device().label()
                                                + ": "
                                                + selection.explanation())));
        diagnosis.memory().ifPresent(fit -> lines.add(line("Needed", memory(diagnosis, fit))));
        diagnosis.trial().ifPresent(trial -> lines.add(line("Model", trial(trial))));
        lines.add(line("Installation", installation));
        for (Finding finding : diagnosis.findings()) {
            lines.add(line(heading(finding), FindingWords.of(finding).oneLine()));
            finding.command().ifPresent(command -> lines.add(line("", "$ " + command)));
        }
        if (diagnosis.findings().isEmpty()) {
            lines.add(line("Result", "All is well"));
        }
        return lines;
    }

    private static String gpu(GpuState state) {
        return switch (state) {
            case GpuState.Usable(Gpu gpu) -> gpu(gpu);
            case GpuState.LibrariesMissing(Gpu gpu, _) -> gpu(gpu);
            case GpuState.Refused(Gpu gpu, _) -> gpu(gpu);
            case GpuState.NoDriver(_, boolean seen) ->
                    seen ? "NVIDIA, without a driver" : "none that can be used";
            case GpuState.NoDevice _ -> "none that the driver finds";
            case GpuState.DriverFails(String reason, _) -> reason;
            case GpuState.NoCudaCode(boolean seen) ->
                    seen ? "NVIDIA, but this package has no CUDA code" : "none that can be used";
        };
    }

    private static String gpu(Gpu gpu) {
        return gpu.name()
                + (gpu.driver().isEmpty() ? "" : ", driver " + gpu.driver())
                + (gpu.memoryBytes() == 0
                        ? ""
                        : format(
                                ", %.1f GiB, %.1f GiB of it free",
                                gpu.memoryBytes() / GIBIBYTE, gpu.freeBytes() / GIBIBYTE));
    }

    private static String memory(Diagnosis diagnosis, MemoryFit fit) {
        return format(
                "about %.1f GiB for %s, %.1f GiB are free",
                fit.need().total() / GIBIBYTE, diagnosis.modelFolder(), fit.freeBytes() / GIBIBYTE);
    }

    private static String trial(ModelTrial trial) {
        return format(
                "%s on %s: loaded in %.0f ms, first token after %.0f ms, %.1f tokens/s, answered in %.0f ms",
                trial.folder(),
                trial.device(),
                trial.loadMilliseconds(),
                trial.firstTokenMilliseconds(),
                trial.tokensPerSecond(),
                trial.answerMilliseconds());
    }

    private static String heading(Finding finding) {
        return switch (finding.severity()) {
            case NOTE -> "Note";
            case WARNING -> "Warning";
            case ERROR -> "Problem";
        };
    }

    private static String line(String name, String value) {
        return format("%-13s %s", name, value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
