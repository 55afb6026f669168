package org.palimpsest.paligemma.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.checkpoint.NpyFile;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.tensor.ElementType;

class MaskCodecTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference/maskvae");
    private static final Device CPU = new Device.Cpu(1);
    private static OnnxRuntime runtime;

    @TempDir Path folder;

    @BeforeAll
    static void start() throws Exception {
        runtime = OnnxRuntime.start();
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private static MaskCodec open(String kind) throws ProblemException {
        return MaskCodec.open(REFERENCE.resolve(kind).resolve("vae-oid.npz"), runtime, CPU);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "fullsize"})
    void codesAreThoseOfTheReference(String kind) throws Exception {
        var squares = floats(kind, "masks_64x64.npy");
        var codes = ints(kind, "codes.npy");
        try (var codec = open(kind)) {
            for (int i = 0; i < codes.length / 16; i++) {
                assertThat(codec.encode(Arrays.copyOfRange(squares, i * 4096, (i + 1) * 4096)))
                        .as("mask " + i)
                        .isEqualTo(Arrays.copyOfRange(codes, i * 16, (i + 1) * 16));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "fullsize"})
    void decodedSquaresAreThoseOfTheReference(String kind) throws Exception {
        var codes = ints(kind, "decoder_codes.npy");
        var expected = floats(kind, "decoder_output.npy");
        try (var codec = open(kind)) {
            for (int i = 0; i < codes.length / 16; i++) {
                assertThat(codec.decode(Arrays.copyOfRange(codes, i * 16, (i + 1) * 16)))
                        .as("mask " + i)
                        .containsExactly(
                                Arrays.copyOfRange(expected, i * 4096, (i + 1) * 4096),
                                within(2e-5f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "fullsize"})
    void objectsMakeTheRoundTripOfTheReference(String kind) throws Exception {
        try (var codec = open(kind)) {
            int index = 0;
            for (var trip : golden(kind).get("round_trips")) {
                var mask = mask(kind, trip.get("mask").asText());
                var box = pixelBox(trip, mask);
                assertThat(MaskPlacement.crop(mask, box))
                        .containsExactly(
                                floats(kind, "object_" + index + "_mask64.npy"), within(1e-6f));
                var codes = codec.encode(mask, box);
                assertThat(codes).isEqualTo(ints(trip.get("codes")));
                assertThat(codec.decode(codes))
                        .containsExactly(
                                floats(kind, "object_" + index + "_decoded64.npy"), within(2e-5f));
                var written =
                        NormalizedBox.ofFractions(
                                box.yMin() / mask.height(),
                                box.xMin() / mask.width(),
                                box.yMax() / mask.height(),
                                box.xMax() / mask.width());
                assertThat(written).isEqualTo(locations(trip.get("text").asText()));
                var decoded =
                        codec.decode(Arrays.stream(codes).boxed().toList(), written, mask.size());
                var expected = mask(kind, trip.get("decoded").asText());
                assertThat(decoded).isEqualTo(expected);
                assertThat(codec.roundTripIou(mask, box)).isEqualTo(mask.iou(expected));
                index++;
            }
            assertThat(index).isEqualTo(3);
        }
    }

    /// The box's edges before they are rounded to pixels.
    private static Box pixelBox(JsonNode trip, Mask mask) {
        var fractions = trip.get("bbox_y1x1y2x2_normalised");
        return new Box(
                fractions.get(1).asDouble() * mask.width(),
                fractions.get(0).asDouble() * mask.height(),
                fractions.get(3).asDouble() * mask.width(),
                fractions.get(2).asDouble() * mask.height());
    }

    private static NormalizedBox locations(String text) {
        var bins = new ArrayList<Integer>();
        var matcher = Pattern.compile("<loc(\\d{4})>").matcher(text);
        while (matcher.find()) {
            bins.add(Integer.parseInt(matcher.group(1)));
        }
        return new NormalizedBox(bins.get(0), bins.get(1), bins.get(2), bins.get(3));
    }

    @Test
    void boxEdgesAreRoundedHalfToEvenAndKeepAPixel() {
        var mask = Mask.of(8, 8, (x, y) -> x == 2 && y == 4);
        assertThat(MaskPlacement.crop(mask, new Box(0.5, 2.5, 2.5, 4.5))).containsOnly(0);
        assertThat(MaskPlacement.crop(mask, new Box(2.5, 4.5, 3.4, 5.4))).containsOnly(1);
        assertThat(MaskPlacement.crop(mask, new Box(2.1, 4.1, 2.2, 4.2))).containsOnly(1);
        assertThat(MaskPlacement.crop(mask, new Box(-5, -5, 40, 40))).hasSize(4096);
        assertThat(MaskPlacement.crop(mask, new Box(20, 20, 40, 40))).containsOnly(0);
    }

    @Test
    void aSquareIsDrawnInItsBoxAndNowhereElse() {
        var square = new float[4096];
        Arrays.fill(square, 1);
        var image = new org.palimpsest.geometry.Size(100, 50);
        var mask = MaskPlacement.paste(square, new NormalizedBox(512, 103, 1023, 307), image);
        assertThat(mask).isEqualTo(Mask.of(100, 50, (x, y) -> x >= 10 && x < 30 && y >= 25));
        assertThat(MaskPlacement.paste(square, new NormalizedBox(0, 5, 1023, 6), image).isEmpty())
                .isTrue();
        assertThat(MaskPlacement.paste(new float[4096], new NormalizedBox(0, 0, 1023, 1023), image))
                .isEqualTo(Mask.empty(image));
    }

    @Test
    void wrongCodesAreRefused() throws Exception {
        try (var codec = open("small")) {
            assertThatThrownBy(() -> codec.decode(new int[15]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("16 numbers expected, not 15");
            var codes = new int[16];
            codes[3] = 128;
            assertThatThrownBy(() -> codec.decode(codes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("128");
            assertThatThrownBy(() -> codec.encode(new float[4095]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void archivesThatDoNotFitAreNamedWithTheArray() throws Exception {
        refused(without("decoder.8.bias"), "decoder.8.bias: missing");
        refused(
                with("decoder.6.weight", "encoder.8.net.0.weight"),
                "decoder.6.weight: shape [16, 16, 4, 4] expected, found [16, 16, 3, 3]");
        refused(
                with("_vq_vae._embedding", "encoder.8.net.0.weight"),
                "_vq_vae._embedding: 2 axes expected");
        refused(REFERENCE.resolve("small/golden.json"), "golden.json");
        refused(folder.resolve("missing.npz"), "missing.npz");
    }

    private void refused(Path file, String why) {
        assertThatThrownBy(() -> MaskCodec.open(file, runtime, CPU).close())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining(why);
    }

    private Path without(String array) throws IOException {
        return rewritten(array, null);
    }

    private Path with(String array, String bytesOf) throws IOException {
        return rewritten(array, bytesOf);
    }

    /// The small archive with one array left out, or with another one's bytes.
    private Path rewritten(String array, String bytesOf) throws IOException {
        var target = folder.resolve("changed-" + array + ".npz");
        try (var zip = new ZipFile(REFERENCE.resolve("small/vae-oid.npz").toFile());
                var out = new ZipOutputStream(Files.newOutputStream(target))) {
            for (var entry : zip.stream().toList()) {
                boolean hit = entry.getName().equals(array + ".npy");
                if (hit && bytesOf == null) {
                    continue;
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                var source = hit ? zip.getEntry(bytesOf + ".npy") : entry;
                zip.getInputStream(source).transferTo(out);
            }
        }
        return target;
    }

    private static Mask mask(String kind, String file) throws ProblemException {
        var picture = ImageFiles.read(REFERENCE.resolve(kind).resolve(file));
        return Mask.of(
                picture.width(),
                picture.height(),
                (x, y) -> picture.rgb()[3 * (y * picture.width() + x)] != 0);
    }

    private static JsonNode golden(String kind) throws IOException {
        return new ObjectMapper().readTree(REFERENCE.resolve(kind).resolve("golden.json").toFile());
    }

    private static float[] floats(String kind, String file) throws ProblemException {
        return NpyFile.read(REFERENCE.resolve(kind).resolve(file), Arena.ofAuto()).toFloats();
    }

    private static int[] ints(String kind, String file) throws ProblemException {
        var tensor = NpyFile.read(REFERENCE.resolve(kind).resolve(file), Arena.ofAuto());
        assertThat(tensor.elementType()).isEqualTo(ElementType.INT32);
        return tensor.memory().toArray(java.lang.foreign.ValueLayout.JAVA_INT);
    }

    private static int[] ints(JsonNode node) {
        var list = new ArrayList<Integer>();
        node.forEach(value -> list.add(value.asInt()));
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
