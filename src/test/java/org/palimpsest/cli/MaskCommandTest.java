package org.palimpsest.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.checkpoint.NpyFile;
import org.palimpsest.problem.ProblemException;

class MaskCommandTest {
    private static final Path SMALL = Path.of("src/test/resources/reference/maskvae/small");
    private static final String VAE = SMALL.resolve("vae-oid.npz").toString();

    @TempDir Path folder;

    @Test
    void codesOfAMaskInItsBoxAreThoseOfTheReference() throws IOException {
        var json = new ObjectMapper();
        for (JsonNode trip :
                json.readTree(SMALL.resolve("golden.json").toFile()).get("round_trips")) {
            JsonNode box = trip.get("bbox_y1x1y2x2_normalised");
            double width = trip.get("width").asDouble();
            double height = trip.get("height").asDouble();
            var corners =
                    new StringJoiner(",")
                            .add("" + box.get(1).asDouble() * width)
                            .add("" + box.get(0).asDouble() * height)
                            .add("" + box.get(3).asDouble() * width)
                            .add("" + box.get(2).asDouble() * height);
            String mask = SMALL.resolve(trip.get("mask").asText()).toString();
            var run =
                    CommandRun.of(
                            "mask", "encode", mask, "--vae", VAE, "--box", corners.toString());
            assertEquals(0, run.exitCode(), run.error());
            assertEquals(trip.get("codes"), json.readTree(run.output()), mask);
        }
    }

    @Test
    void withoutABoxTheMasksOwnBoundsAreTaken() throws IOException {
        String mask = SMALL.resolve("object_0_mask.png").toString();
        var run = CommandRun.of("mask", "encode", mask, "--vae", VAE);
        assertEquals(0, run.exitCode(), run.error());
        assertEquals(16, new ObjectMapper().readTree(run.output()).size());
    }

    @Test
    void decodedCodesAreTheReferencesSquare() throws IOException, ProblemException {
        JsonNode trip =
                new ObjectMapper()
                        .readTree(SMALL.resolve("golden.json").toFile())
                        .at("/round_trips/0");
        var codes = new StringJoiner(",");
        trip.get("codes").forEach(code -> codes.add(code.asText()));
        Path out = folder.resolve("square.npy");
        var run =
                CommandRun.of(
                        "mask",
                        "decode",
                        "--vae",
                        VAE,
                        "--codes",
                        codes.toString(),
                        "--out",
                        out.toString());
        assertEquals(0, run.exitCode(), run.error());
        try (Arena arena = Arena.ofConfined()) {
            var square = NpyFile.read(out, arena);
            assertArrayEquals(new long[] {64, 64}, square.shape().toArray());
            assertArrayEquals(
                    NpyFile.read(SMALL.resolve("object_0_decoded64.npy"), arena).toFloats(),
                    square.toFloats(),
                    2e-5f);
        }
    }

    @Test
    void codesOutOfRangeAndTooFewNumbersOfABoxAreRefused() {
        String out = folder.resolve("square.npy").toString();
        var decode =
                CommandRun.of("mask", "decode", "--vae", VAE, "--codes", "1,2,128", "--out", out);
        assertEquals(1, decode.exitCode());
        assertTrue(decode.error().contains("16 numbers from 0 to 127"), decode.error());
        String mask = SMALL.resolve("object_0_mask.png").toString();
        var encode = CommandRun.of("mask", "encode", mask, "--vae", VAE, "--box", "1,2,3");
        assertEquals(1, encode.exitCode());
        assertTrue(encode.error().contains("four numbers"), encode.error());
        var outOfOrder = CommandRun.of("mask", "encode", mask, "--vae", VAE, "--box", "9,9,3,3");
        assertEquals(1, outOfOrder.exitCode());
        assertEquals(1, outOfOrder.errorLines().size(), outOfOrder.error());
    }
}
