package org.palimpsest.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.palimpsest.checkpoint.NpyFile;
import org.palimpsest.paligemma.mask.MaskCodec;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes the square that 16 codes stand for.
@Command(
        name = "decode",
        description = "Write the 64x64 numbers that 16 codes stand for; above 0 is the object.",
        mixinStandardHelpOptions = true)
final class MaskDecodeCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--vae",
            required = true,
            paramLabel = "FILE",
            description = "The vae-oid.npz with the networks.")
    private Path vae;

    @Option(
            names = "--codes",
            required = true,
            split = ",",
            paramLabel = "N",
            description = "The 16 codes from 0 to 127, with commas.")
    private List<Integer> codes;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE.npy",
            description = "The NumPy file to write.")
    private Path out;

    MaskDecodeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        boolean inRange =
                codes.stream().allMatch(code -> code >= 0 && code < MaskCodec.CODEBOOK_SIZE);
        if (codes.size() != MaskCodec.CODES || !inRange) {
            throw new ProblemException(
                    "These are not the codes of a mask",
                    codes.size() + " numbers: " + codes,
                    "Write 16 numbers from 0 to 127 with commas and no blanks");
        }
        try (OnnxRuntime runtime = OnnxRuntime.start();
                MaskCodec codec = MaskCodec.open(vae, runtime, new Device.Cpu(0));
                Arena arena = Arena.ofConfined()) {
            float[] square = codec.decode(codes.stream().mapToInt(Integer::intValue).toArray());
            NpyFile.write(
                    out, Tensor.ofFloats(arena, Shape.of(MaskCodec.SIDE, MaskCodec.SIDE), square));
        }
        context.error().println("Written: " + out);
        return ExitCode.SUCCESS;
    }
}
