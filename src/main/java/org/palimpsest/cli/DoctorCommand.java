package org.palimpsest.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.diagnosis.CudaInstaller;
import org.palimpsest.diagnosis.Diagnosis;
import org.palimpsest.diagnosis.Doctor;
import org.palimpsest.diagnosis.Finding;
import org.palimpsest.diagnosis.FindingWords;
import org.palimpsest.diagnosis.Machine;
import org.palimpsest.diagnosis.Report;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CudaLibraries;
import org.palimpsest.runtime.DeviceChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Says what this computer offers and what is missing.
@Command(
        name = "doctor",
        description =
                "Say what this computer offers and what is missing: Java, memory, devices, the model.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean asJson;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "The device to try: auto, cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The model to try (default: the one that comes with the program).")
    private @Nullable Path model;

    @Option(
            names = "--install-cuda",
            description = "Fetch the CUDA libraries that ONNX Runtime needs; asks first.")
    private boolean installCuda;

    @Option(names = "--yes", description = "Do not ask before --install-cuda.")
    private boolean yes;

    DoctorCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException, IOException {
        if (installCuda && !install()) {
            return ExitCode.CANCELLED;
        }
        Diagnosis diagnosis = examine();
        if (asJson) {
            context.output().println(toJson(diagnosis));
        } else {
            print(diagnosis);
        }
        context.output().flush();
        return diagnosis.isHealthy() ? ExitCode.SUCCESS : ExitCode.PROBLEM;
    }

    private Diagnosis examine() throws ProblemException {
        DeviceChoice choice = DeviceChoice.parse(device);
        var progress = new ConsoleProgress(context.error());
        try {
            Path folder = model == null ? context.installation().bundledModel() : model;
            return new Doctor().examine(choice, folder, progress);
        } finally {
            progress.close();
        }
    }

    private boolean install() throws ProblemException, IOException {
        if (!CudaInstaller.isSupported()) {
            throw new ProblemException(
                    "The CUDA libraries can be fetched on 64-bit Linux only",
                    "",
                    "Install CUDA 12 and cuDNN 9 from NVIDIA, then try --device cuda:0");
        }
        Path folder = CudaLibraries.directory();
        if (!yes && !isConfirmed(folder)) {
            context.error().println("Nothing was fetched.");
            return false;
        }
        var progress = new ConsoleProgress(context.error());
        try (var _ = new Interruption(progress::cancel)) {
            new CudaInstaller().install(folder, progress);
        } finally {
            progress.close();
        }
        context.error()
                .println(
                        "The CUDA libraries are in "
                                + folder
                                + "; the archive stays in Maven's local repository.");
        return true;
    }

    private boolean isConfirmed(Path folder) throws ProblemException {
        context.error()
                .printf(
                        Locale.ROOT,
                        "This fetches NVIDIA's CUDA 12 and cuDNN 9 libraries from Maven Central"
                                + " (%.1f GB), under NVIDIA's licence, and puts %.1f GB into %s.%nGo on?"
                                + " [y/N] ",
                        CudaInstaller.DOWNLOAD_BYTES / 1e9,
                        CudaInstaller.INSTALLED_BYTES / 1e9,
                        folder);
        context.error().flush();
        return Confirmation.isGiven(context);
    }

    private void print(Diagnosis diagnosis) {
        Report.lines(diagnosis, ProgramVersion.current(), context.installation().home().toString())
                .forEach(context.output()::println);
    }

    private String toJson(Diagnosis diagnosis) throws JsonProcessingException {
        var json = new ObjectMapper();
        Machine machine = diagnosis.machine();
        ObjectNode root = json.createObjectNode();
        root.put("palimpsest", ProgramVersion.current());
        root.put("system", machine.operatingSystem()).put("architecture", machine.architecture());
        root.put("java", machine.java()).put("processors", machine.processors());
        root.put("memory_bytes", machine.memoryBytes());
        root.put("free_memory_bytes", machine.freeMemoryBytes());
        root.put("heap_limit_bytes", machine.heapLimitBytes());
        root.put("onnx_runtime", diagnosis.onnxRuntime().orElse(null));
        root.put("device", diagnosis.device().map(it -> it.device().label()).orElse(null));
        root.put("device_explanation", diagnosis.device().map(it -> it.explanation()).orElse(null));
        if (diagnosis.trial().isPresent()) {
            var trial = diagnosis.trial().get();
            root.putObject("model")
                    .put("folder", trial.folder().toString())
                    .put("device", trial.device())
                    .put("load_ms", trial.loadMilliseconds())
                    .put("first_token_ms", trial.firstTokenMilliseconds())
                    .put("tokens_per_second", trial.tokensPerSecond())
                    .put("answer_ms", trial.answerMilliseconds())
                    .put("answer", trial.answer());
        } else {
            root.putNull("model");
        }
        root.put("installation", context.installation().home().toString());
        var problems = root.putArray("problems");
        for (Problem problem : diagnosis.problems()) {
            problems.addObject()
                    .put("summary", problem.summary())
                    .put("detail", problem.detail())
                    .put("remedy", problem.remedy());
        }
        var findings = root.putArray("findings");
        for (Finding finding : diagnosis.findings()) {
            Problem words = FindingWords.of(finding);
            findings.addObject()
                    .put("kind", finding.getClass().getSimpleName())
                    .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                    .put("summary", words.summary())
                    .put("detail", words.detail())
                    .put("remedy", words.remedy())
                    .put("command", finding.command().orElse(null));
        }
        return json.writeValueAsString(root);
    }
}
