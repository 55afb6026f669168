package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.palimpsest.paligemma.DtypeChoice;
import org.palimpsest.paligemma.OpenOptions;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.runtime.DeviceSelection;
import org.palimpsest.runtime.OnnxRuntime;
import picocli.CommandLine.Option;

/// The options of every command that opens a model.
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "The model: a Hugging Face folder, a Keras preset or an ONNX folder (default: the"
                            + " small model that comes with the program).")
    private @Nullable Path model;

    @Option(
            names = "--adapter",
            paramLabel = "DIR",
            description =
                    "An adapter to put beside the model's weights: a PEFT folder with"
                            + " adapter_config.json.")
    private @Nullable Path adapter;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Option(
            names = "--dtype",
            paramLabel = "DTYPE",
            defaultValue = "auto",
            description =
                    "Which files of an ONNX folder: fp32, fp16, q4, … for all, or"
                            + " embed_tokens=fp16,vision_encoder=fp16,decoder_model_merged=q4 (default:"
                            + " ${DEFAULT-VALUE}).")
    private String dtype = "auto";

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads on the processor (default: one for each core).")
    private int threads;

    @Option(
            names = "--gpu-memory",
            paramLabel = "GB",
            description = "The most GPU memory that one part of the model may take.")
    private @Nullable Double gpuMemory;

    @Option(
            names = "--vae",
            paramLabel = "FILE",
            description =
                    "The vae-oid.npz that makes masks of mask tokens (default: the one in the model's"
                            + " folder).")
    private @Nullable Path vae;

    @Option(
            names = "--unedited-graph",
            description = "Run the decoder of an ONNX folder as it was published: slower.")
    private boolean uneditedGraph;

    private boolean explained;

    /// Opens what the options name, and says on standard error which device was taken and why.
    OpenModel open(CommandContext context, ConsoleProgress progress) throws ProblemException {
        return open(folder(context), openOptions(), progress);
    }

    /// Opens another folder with other options on the device that the options name.
    OpenModel open(Path folder, OpenOptions options, ConsoleProgress progress)
            throws ProblemException {
        OnnxRuntime runtime = OnnxRuntime.start();
        try {
            DeviceSelection selection = select(runtime);
            if (device.equals("auto") && !explained) {
                progress.line("Device: " + selection.explanation());
                explained = true;
            }
            PaliGemma open = PaliGemma.open(folder, runtime, selection.device(), options, progress);
            return new OpenModel(runtime, selection, open);
        } catch (ProblemException | RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    /// Opens the folder that was named without an option, or where none was, what the options name.
    OpenModel openAt(@Nullable Path folder, CommandContext context, ConsoleProgress progress)
            throws ProblemException {
        Path chosen = folder == null ? folder(context) : context.installation().modelFolder(folder);
        return open(chosen, openOptions(), progress);
    }

    /// The folder that the options name.
    Path folder(CommandContext context) throws ProblemException {
        return context.installation().modelFolder(model);
    }

    OpenOptions openOptions() throws ProblemException {
        return OpenOptions.standard()
                .withDtype(DtypeChoice.parse(dtype))
                .withEditGraphs(!uneditedGraph)
                .withGpuMemoryLimit(gpuMemoryLimit())
                .withMaskFile(Optional.ofNullable(vae))
                .withAdapter(Optional.ofNullable(adapter));
    }

    /// The device that the options name, with as many threads.
    DeviceSelection select(OnnxRuntime runtime) throws ProblemException {
        if (threads < 0) {
            throw new ProblemException(
                    "--threads must not be negative", Integer.toString(threads), "Leave it out");
        }
        DeviceSelection selection = runtime.select(DeviceChoice.parse(device));
        return switch (selection.device()) {
            case Device.Cpu _ ->
                    new DeviceSelection(new Device.Cpu(threads), selection.explanation());
            case Device.Cuda _ -> selection;
        };
    }

    /// The number of threads that was asked for, or another where none was.
    int threadsOr(int otherwise) {
        return threads > 0 ? threads : otherwise;
    }

    private OptionalLong gpuMemoryLimit() throws ProblemException {
        if (gpuMemory == null) {
            return OptionalLong.empty();
        }
        long bytes = Math.round(gpuMemory * (1L << 30));
        if (bytes < 1 << 20) {
            throw new ProblemException(
                    "--gpu-memory is too small",
                    gpuMemory + " GB",
                    "Give it in gigabytes, such as 8");
        }
        return OptionalLong.of(bytes);
    }
}
