package org.palimpsest.ui.doctor;

import org.palimpsest.diagnosis.Finding;
import org.palimpsest.diagnosis.MemoryFit;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.support.Amounts;
import org.palimpsest.ui.support.Texts;

/// Findings in the person's language. What the program's core says of a file or a device stays English.
///
/// @param detail may be empty
/// @param remedy may be empty
record FindingTexts(String summary, String detail, String remedy) {

    static FindingTexts of(Finding finding) {
        return switch (finding) {
            case Finding.NoGpu(boolean certain) ->
                    new FindingTexts(
                            Texts.get("doctor.noGpu"),
                            Texts.get("doctor.noGpu.detail"),
                            certain ? "" : Texts.get("doctor.noGpu.remedy"));
            case Finding.DriverMissing(String library, var install) ->
                    new FindingTexts(
                            Texts.get("doctor.driverMissing"),
                            Texts.get("doctor.missing", library),
                            Texts.get(
                                    install.isPresent()
                                            ? "doctor.driverMissing.command"
                                            : "doctor.driverMissing.remedy"));
            case Finding.DriverFails(String reason) ->
                    new FindingTexts(
                            Texts.get("doctor.driverFails"),
                            reason,
                            Texts.get("doctor.driverFails.remedy"));
            case Finding.CudaLibrariesMissing missing ->
                    new FindingTexts(
                            Texts.get("doctor.cudaMissing", missing.gpu().name()),
                            Texts.get("doctor.missing", String.join(", ", missing.libraries())),
                            Texts.get(
                                    missing.canInstall()
                                            ? "doctor.cudaMissing.install"
                                            : "doctor.cudaMissing.remedy"));
            case Finding.ProcessorPackage _ ->
                    new FindingTexts(
                            Texts.get("doctor.processorPackage"),
                            "",
                            Texts.get("doctor.processorPackage.remedy"));
            case Finding.GpuRefused(var gpu, String reason) ->
                    new FindingTexts(
                            Texts.get("doctor.gpuRefused", gpu.name()),
                            reason,
                            Texts.get("doctor.gpuRefused.remedy"));
            case Finding.DeviceUnusable(Problem problem) -> english("doctor.device", problem);
            case Finding.MemoryTooSmall(String model, MemoryFit fit, var where) ->
                    new FindingTexts(
                            where.map(gpu -> Texts.get("doctor.memory.gpu", model, gpu))
                                    .orElseGet(() -> Texts.get("doctor.memory", model)),
                            Texts.get(
                                    "models.memory.need",
                                    Amounts.bytes(fit.need().total()),
                                    Amounts.bytes(fit.freeBytes()),
                                    Amounts.bytes(fit.totalBytes())),
                            Texts.get("doctor.memory." + fit.verdict().name()));
            case Finding.ModelDamaged(_, Problem problem) -> english("doctor.damaged", problem);
            case Finding.ModelFails(_, Problem problem) -> english("doctor.fails", problem);
            case Finding.RuntimeFails(Problem problem) -> english("doctor.runtime", problem);
            case Finding.DiskNearlyFull(var folder, long free) ->
                    new FindingTexts(
                            Texts.get("doctor.disk"),
                            Texts.get("doctor.disk.detail", Amounts.bytes(free), folder),
                            Texts.get("doctor.disk.remedy"));
        };
    }

    private static FindingTexts english(String key, Problem problem) {
        String detail =
                problem.detail().isEmpty()
                        ? problem.summary()
                        : problem.summary() + ": " + problem.detail();
        return new FindingTexts(
                Texts.get(key),
                problem.remedy().isEmpty() ? detail : detail + ". " + problem.remedy() + ".",
                Texts.get(key + ".remedy"));
    }
}
