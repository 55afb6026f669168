package org.palimpsest.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.modelstore.OnnxConversion;
import org.palimpsest.onnx.OnnxModel;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.DtypeChoice;
import org.palimpsest.paligemma.OpenOptions;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.TokenListener;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

class Int4DecoderTest {
    @TempDir Path folder;

    @Test
    void theBundledModelFindsTheSameObjectInFourBits() throws ProblemException {
        Path model = folder.resolve("model");
        OnnxConversion.convert(Path.of("assets/model"), model, Progress.NONE);
        Int4Decoder.write(model.resolve("onnx"), Progress.NONE);
        var counts =
                OnnxModel.read(model.resolve("onnx/decoder_model_merged_q4.onnx")).operatorCounts();
        assertTrue(counts.get("com.microsoft:MatMulNBits") > 8, counts.toString());
        Answer whole = answer(model, "fp32");
        Answer quantized =
                answer(model, "embed_tokens=fp32,vision_encoder=fp32,decoder_model_merged=q4");
        assertEquals(1, quantized.objects().size(), quantized.generation().text());
        double iou = whole.objects().getFirst().box().iou(quantized.objects().getFirst().box());
        assertTrue(iou > 0.7, "overlap " + iou);
    }

    private static Answer answer(Path model, String dtype) throws ProblemException {
        var options = OpenOptions.standard().withDtype(DtypeChoice.parse(dtype));
        try (OnnxRuntime runtime = OnnxRuntime.start();
                PaliGemma open =
                        PaliGemma.open(model, runtime, new Device.Cpu(0), options, Progress.NONE)) {
            // The first sample shows one triangle.
            return open.answer(
                    ImageFiles.read(Path.of("assets/samples/scene-01.png")),
                    "detect triangle",
                    GenerationOptions.greedy(16),
                    TokenListener.NONE,
                    Progress.NONE);
        }
    }
}
