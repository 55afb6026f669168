package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.paligemma.mask.MaskCodec;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Turns a mask image into its 16 codes.
@Command(
        name = "encode",
        description = {
            "Print the 16 codes of a mask as a JSON array.",
            "Pixels above half of the image's brightest value are the object."
        },
        mixinStandardHelpOptions = true)
final class MaskEncodeCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "MASK.png", description = "The mask: an image, the object bright.")
    private Path image;

    @Option(
            names = "--vae",
            required = true,
            paramLabel = "FILE",
            description = "The vae-oid.npz with the networks.")
    private Path vae;

    @Option(
            names = "--box",
            split = ",",
            paramLabel = "N",
            description =
                    "The object's box as x_min,y_min,x_max,y_max in pixels (default: the box around the"
                            + " mask).")
    private @Nullable List<Double> box;

    MaskEncodeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        Mask mask = readMask(image);
        Box bounds = box == null ? mask.bounds() : readBox(box);
        try (OnnxRuntime runtime = OnnxRuntime.start();
                MaskCodec codec = MaskCodec.open(vae, runtime, new Device.Cpu(0))) {
            int[] codes = codec.encode(mask, bounds);
            context.output().println(Arrays.toString(codes));
        }
        context.output().flush();
        return ExitCode.SUCCESS;
    }

    private static Mask readMask(Path file) throws ProblemException {
        Picture picture = ImageFiles.read(file);
        int brightest = 0;
        for (byte value : picture.rgb()) {
            brightest = Math.max(brightest, Byte.toUnsignedInt(value));
        }
        int half = brightest / 2;
        byte[] rgb = picture.rgb();
        int width = picture.width();
        Mask mask =
                Mask.of(
                        width,
                        picture.height(),
                        (x, y) -> {
                            int at = (y * width + x) * Picture.CHANNELS;
                            return Byte.toUnsignedInt(rgb[at]) > half
                                    || Byte.toUnsignedInt(rgb[at + 1]) > half
                                    || Byte.toUnsignedInt(rgb[at + 2]) > half;
                        });
        if (mask.isEmpty()) {
            throw new ProblemException(
                    "The mask has no pixel",
                    file + " is black throughout",
                    "Name an image in which the object is bright");
        }
        return mask;
    }

    private static Box readBox(List<Double> numbers) throws ProblemException {
        String remedy = "Write --box x_min,y_min,x_max,y_max, for example --box 12,30.5,200,188";
        if (numbers.size() != 4) {
            throw new ProblemException(
                    "--box needs four numbers", "it has " + numbers.size(), remedy);
        }
        try {
            return new Box(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
        } catch (IllegalArgumentException e) {
            throw new ProblemException("--box is no box", String.valueOf(e.getMessage()), remedy);
        }
    }
}
