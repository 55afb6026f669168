package org.palimpsest.training.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.token.PromptTokens;
import org.palimpsest.paligemma.token.Tokenizers;
import org.palimpsest.problem.ProblemException;

/// A tiny checkpoint and its reference data.
final class TinyModel {
    static final Path REFERENCE = Path.of("src/test/resources/reference");
    static final Path FOLDER = REFERENCE.resolve("tiny-paligemma2");
    static final Path IMAGE = REFERENCE.resolve("images/small_97x61.png");

    static final Example DETECT =
            new Example(
                    IMAGE,
                    "detect cat ; dog",
                    "<loc0100><loc0205><loc0711><loc0999> cat ; "
                            + "<loc0000><loc0512><loc0640><loc1023> dog");
    static final Example CAPTION =
            new Example(
                    REFERENCE.resolve("images/large_640x427.png"),
                    "caption en",
                    "a cow standing on the beach.");

    private TinyModel() {}

    static PaliGemmaConfig config() throws ProblemException {
        return ConfigReader.read(FOLDER);
    }

    static ExampleEncoder encoder(int maxTokens) throws ProblemException {
        return new ExampleEncoder(new PromptTokens(Tokenizers.open(FOLDER), config()), maxTokens);
    }

    /// The int32 values of a NumPy file, flat.
    static int[] ints(String file) throws IOException {
        ByteBuffer data = data(file);
        var values = new int[data.remaining() / Integer.BYTES];
        data.asIntBuffer().get(values);
        return values;
    }

    /// The truth values of a NumPy file, flat.
    static boolean[] booleans(String file) throws IOException {
        ByteBuffer data = data(file);
        var values = new boolean[data.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.get() != 0;
        }
        return values;
    }

    private static ByteBuffer data(String file) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(REFERENCE.resolve(file)));
        int header = bytes.order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        return bytes.position(10 + header).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
